using System.Collections.ObjectModel;

namespace Microsoft.SemanticKernel.ChatCompletion;

public class ChatHistory : Collection<ChatMessageContent>
{
    public ChatHistory()
    {
    }

    public ChatHistory(string systemMessage)
        : this(systemMessage, AuthorRole.System)
    {
    }

    public ChatHistory(string message, AuthorRole role)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        AddMessage(role, message);
    }

    public ChatHistory(IEnumerable<ChatMessageContent> messages) => AddRange(messages);

    public void AddMessage(AuthorRole authorRole, string content) => Add(new ChatMessageContent(authorRole, content));

    public void AddUserMessage(string content) => AddMessage(AuthorRole.User, content);

    public void AddAssistantMessage(string content) => AddMessage(AuthorRole.Assistant, content);

    public void AddSystemMessage(string content) => AddMessage(AuthorRole.System, content);

    public void AddDeveloperMessage(string content) => AddMessage(AuthorRole.Developer, content);

    public void AddRange(IEnumerable<ChatMessageContent> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
        {
            Add(item);
        }
    }
}
