using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

public class ChatMessageContent
{
    public ChatMessageContent()
    {
    }

    public ChatMessageContent(AuthorRole role, string? content, string? modelId = null)
    {
        Role = role;
        Content = content;
        ModelId = modelId;
    }

    public AuthorRole Role { get; set; }

    public string? Content { get; set; }

    public string? AuthorName { get; set; }

    public string? ModelId { get; set; }

    public override string ToString() => Content ?? string.Empty;
}
