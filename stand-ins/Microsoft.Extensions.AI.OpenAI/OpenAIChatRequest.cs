using System.Text.RegularExpressions;
using OpenAI.Chat;

namespace Microsoft.Extensions.AI;

/// <summary>What goes out: messages and options in OpenAI's words.</summary>
internal static partial class OpenAIChatRequest
{
    private const int MaximumNameLength = 64;

    public static List<OpenAI.Chat.ChatMessage> ToMessages(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<OpenAI.Chat.ChatMessage> converted = [];
        if (!string.IsNullOrWhiteSpace(options?.Instructions))
        {
            converted.Add(new SystemChatMessage(options.Instructions));
        }

        foreach (var message in messages)
        {
            if (ToMessage(message) is { } openAIMessage)
            {
                converted.Add(openAIMessage);
            }
        }

        return converted;
    }

    public static ChatCompletionOptions ToOptions(IChatClient client, ChatOptions? options)
    {
        if (options is null)
        {
            return new ChatCompletionOptions();
        }

        // A caller's raw options come first; the common ones fill what those leave open.
        var converted = options.RawRepresentationFactory?.Invoke(client) as ChatCompletionOptions ?? new ChatCompletionOptions();
        converted.FrequencyPenalty ??= options.FrequencyPenalty;
        converted.PresencePenalty ??= options.PresencePenalty;
        converted.MaxOutputTokenCount ??= options.MaxOutputTokens;
        converted.Temperature ??= options.Temperature;
        converted.TopP ??= options.TopP;
        converted.Seed ??= options.Seed;
        converted.ResponseFormat ??= options.ResponseFormat switch
        {
            ChatResponseFormatText => OpenAI.Chat.ChatResponseFormat.CreateTextFormat(),
            ChatResponseFormatJson { Schema: null } => OpenAI.Chat.ChatResponseFormat.CreateJsonObjectFormat(),
            ChatResponseFormatJson { Schema: { } schema } json => OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(
                json.SchemaName ?? "json_schema", BinaryData.FromString(schema.GetRawText()), json.SchemaDescription),
            _ => null,
        };
        foreach (var stop in options.StopSequences ?? [])
        {
            converted.StopSequences.Add(stop);
        }

        if (options.ModelId is { } model && !converted.Patch.Contains("$.model"u8))
        {
            converted.Patch.Set("$.model"u8, model);
        }

        return converted;
    }

    private static OpenAI.Chat.ChatMessage? ToMessage(ChatMessage message)
    {
        if (message.RawRepresentation is OpenAI.Chat.ChatMessage raw)
        {
            return raw;
        }

        var name = ToParticipantName(message.AuthorName);
        return message.Role.Value switch
        {
            "system" => new SystemChatMessage(ToParts(message.Contents)) { ParticipantName = name },
            "user" => new UserChatMessage(ToParts(message.Contents)) { ParticipantName = name },
            "assistant" => new AssistantChatMessage(ToParts(message.Contents)) { ParticipantName = name },
            _ => null,
        };
    }

    private static List<ChatMessageContentPart> ToParts(IEnumerable<AIContent> contents)
    {
        List<ChatMessageContentPart> parts = [];
        foreach (var content in contents)
        {
            var part = content switch
            {
                { RawRepresentation: ChatMessageContentPart raw } => raw,
                TextContent text => ChatMessageContentPart.CreateTextPart(text.Text),
                _ => null,
            };
            if (part is not null)
            {
                parts.Add(part);
            }
        }

        // A message without content is refused by the API.
        return parts.Count > 0 ? parts : [ChatMessageContentPart.CreateTextPart(string.Empty)];
    }

    private static string? ToParticipantName(string? author)
    {
        if (author is null)
        {
            return null;
        }

        var name = NotAllowedInName().Replace(author, string.Empty);
        return name.Length switch
        {
            0 => null,
            > MaximumNameLength => name[..MaximumNameLength],
            _ => name,
        };
    }

    [GeneratedRegex("[^a-zA-Z0-9_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotAllowedInName();
}
