using System.Text.Json;

namespace ChatApp.Inference.Dialects.Anthropic;

/// <summary>
/// A chat's messages as the Messages API orders them: what the system says apart, wherever it was said, and the two sides in turns. Texts without anything but
/// white space, which it refuses, are left out.
/// </summary>
internal sealed class Conversation
{
    /// <summary>The system's texts.</summary>
    public List<JsonElement> System { get; } = [];

    /// <summary>The turns. The first may be the assistant's, as when a character greets first.</summary>
    public List<MessageTurn> Turns { get; } = [];

    /// <exception cref="DialectException">It has what that API has no words for.</exception>
    public static Conversation Read(JsonElement body)
    {
        if (!body.TryGetProperty("messages"u8, out var messages) || messages.ValueKind != JsonValueKind.Array)
        {
            throw new DialectException("'messages' must be a list.");
        }

        var conversation = new Conversation();
        foreach (var message in messages.EnumerateArray())
        {
            conversation.Add(message);
        }

        return conversation.Turns is [] ? throw new DialectException("Anthropic's API wants at least one message with something in it besides the system's.") : conversation;
    }

    private void Add(JsonElement message)
    {
        switch (JsonText.Of(message, "role"u8))
        {
            case "system" or "developer":
                foreach (var block in Parts(JsonText.Member(message, "content"u8)))
                {
                    System.Add(block.Kind == BlockKind.Text ? block.Source : throw new DialectException("Anthropic's API takes only texts from the system."));
                }

                break;
            case "user":
                AddAll(isAssistant: false, Parts(JsonText.Member(message, "content"u8)));
                break;
            case "assistant":
                AddAll(isAssistant: true, Parts(JsonText.Member(message, "content"u8)));
                AddAll(isAssistant: true, Calls(message));
                break;
            case "tool":
                AddAll(isAssistant: false, [new Block(BlockKind.ToolResult, message)]);
                break;
            default:
                throw new DialectException("Anthropic's API knows the roles system, developer, user, assistant and tool.");
        }
    }

    private void AddAll(bool isAssistant, IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            if (Turns is not [.., var turn] || turn.IsAssistant != isAssistant)
            {
                turn = new MessageTurn(isAssistant);
                Turns.Add(turn);
            }

            turn.Add(block);
        }
    }

    /// <summary>The blocks of a content that is a text, a list of parts, or nothing.</summary>
    public static IEnumerable<Block> Parts(JsonElement content)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return IsBlank(content) ? [] : [new Block(BlockKind.Text, content)];
            case JsonValueKind.Array:
                return content.EnumerateArray().Select(Part).Where(static block => block.Kind != BlockKind.Text || !IsBlank(block.Source));
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return [];
            default:
                throw new DialectException("'content' must be a text or a list of parts.");
        }
    }

    private static Block Part(JsonElement part) => JsonText.Of(part, "type"u8) switch
    {
        "text" => new Block(BlockKind.Text, JsonText.Member(part, "text"u8)),
        "refusal" => new Block(BlockKind.Text, JsonText.Member(part, "refusal"u8)),
        "image_url" => new Block(BlockKind.Image, JsonText.Member(part, "image_url"u8)),
        _ => throw new DialectException("Anthropic's API is asked with texts and images only."),
    };

    private static IEnumerable<Block> Calls(JsonElement message)
    {
        if (message.TryGetProperty("function_call"u8, out var old) && old.ValueKind == JsonValueKind.Object)
        {
            throw new DialectException("Anthropic's API is asked with 'tools' and 'tool_calls', not with functions of the old kind.");
        }

        var calls = JsonText.Member(message, "tool_calls"u8);
        return calls.ValueKind == JsonValueKind.Array ? calls.EnumerateArray().Select(static call => new Block(BlockKind.ToolUse, call)) : [];
    }

    private static bool IsBlank(JsonElement text) =>
        text.ValueKind == JsonValueKind.String ? string.IsNullOrWhiteSpace(text.GetString()) : throw new DialectException("A text part must have a text.");
}
