using OpenAI.Chat;

namespace Microsoft.Extensions.AI;

/// <summary>What comes back: completions and their chunks in the abstractions' words.</summary>
internal static class OpenAIChatResponse
{
    public static ChatResponse From(ChatCompletion completion)
    {
        var message = new ChatMessage
        {
            CreatedAt = completion.CreatedAt,
            MessageId = completion.Id,
            RawRepresentation = completion,
            Role = ToRole(completion.Role),
        };
        AddParts(message.Contents, completion.Content);
        if (completion.Patch.TryGetValue("$.choices[0].message.reasoning_content"u8, out string? reasoning) && reasoning is not null)
        {
            message.Contents.Add(new TextReasoningContent(reasoning));
        }

        if (completion.Refusal is { } refusal)
        {
            message.Contents.Add(new ErrorContent(refusal) { ErrorCode = "Refusal" });
        }

        return new ChatResponse(message)
        {
            CreatedAt = completion.CreatedAt,
            FinishReason = ToFinishReason(completion.FinishReason),
            ModelId = completion.Model,
            RawRepresentation = completion,
            ResponseId = completion.Id,
            Usage = completion.Usage is { } usage ? ToUsage(usage) : null,
        };
    }

    public static void AddContents(IList<AIContent> contents, StreamingChatCompletionUpdate update)
    {
        AddParts(contents, update.ContentUpdate);
        if (update.Patch.TryGetValue("$.choices[0].delta.reasoning_content"u8, out string? reasoning) && reasoning is not null)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        if (update.RefusalUpdate is { } refusal)
        {
            contents.Add(new ErrorContent(refusal) { ErrorCode = "Refusal" });
        }

        if (update.Usage is { } usage)
        {
            contents.Add(new UsageContent(ToUsage(usage)) { RawRepresentation = usage });
        }
    }

    public static ChatRole ToRole(ChatMessageRole role) => role switch
    {
        ChatMessageRole.System => ChatRole.System,
        ChatMessageRole.User => ChatRole.User,
        ChatMessageRole.Tool => ChatRole.Tool,
        _ => ChatRole.Assistant,
    };

    public static ChatFinishReason? ToFinishReason(OpenAI.Chat.ChatFinishReason? reason) => reason switch
    {
        null => null,
        OpenAI.Chat.ChatFinishReason.Stop => ChatFinishReason.Stop,
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        OpenAI.Chat.ChatFinishReason.ToolCalls or OpenAI.Chat.ChatFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        { } other => new ChatFinishReason(other.ToString()),
    };

    private static void AddParts(IList<AIContent> contents, ChatMessageContent parts)
    {
        foreach (var part in parts)
        {
            if (part.Kind is ChatMessageContentPartKind.Text)
            {
                contents.Add(new TextContent(part.Text) { RawRepresentation = part });
            }
        }
    }

    private static UsageDetails ToUsage(ChatTokenUsage usage) => new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
        CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
        ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
    };
}
