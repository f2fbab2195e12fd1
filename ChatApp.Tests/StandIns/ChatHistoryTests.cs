using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Xunit;

namespace ChatApp.Tests.StandIns;

public sealed class ChatHistoryTests
{
    [Fact]
    public void Add_KeepsRolesAndOrder()
    {
        var history = new ChatHistory("Be kind.");
        history.AddUserMessage("Hello");
        history.AddAssistantMessage("Hi");
        history.Add(new ChatMessageContent(AuthorRole.User, "Bye"));

        Assert.Equal(
            [("system", "Be kind."), ("user", "Hello"), ("assistant", "Hi"), ("user", "Bye")],
            history.Select(message => (message.Role.Label, message.Content)));
    }

    [Fact]
    public void AuthorRole_Equality_IgnoresCase()
    {
        Assert.Equal(AuthorRole.User, new AuthorRole("USER"));
        Assert.NotEqual(AuthorRole.User, AuthorRole.Assistant);
        Assert.Throws<ArgumentException>(() => new AuthorRole(" "));
    }
}
