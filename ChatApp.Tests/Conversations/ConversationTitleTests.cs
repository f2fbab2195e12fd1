using ChatApp.Api.Conversations;
using Xunit;

namespace ChatApp.Tests.Conversations;

public sealed class ConversationTitleTests
{
    [Theory]
    [InlineData("  Hello there  ", "Hello there")]
    [InlineData("First line\nsecond line", "First line")]
    [InlineData("First\r\nsecond", "First")]
    public void From_ShortText_IsItsFirstLine(string text, string title) => Assert.Equal(title, ConversationTitle.From(text));

    [Fact]
    public void From_LongText_IsCutBetweenWords()
    {
        var title = ConversationTitle.From(string.Join(' ', Enumerable.Repeat("seven77", 20)));

        Assert.Equal(string.Join(' ', Enumerable.Repeat("seven77", 7)) + "…", title);
    }

    [Fact]
    public void From_LongTextWithoutSpaces_KeepsCharactersOfSeveralCodePointsWhole()
    {
        var title = ConversationTitle.From(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 30)));

        Assert.InRange(title.Length, 40, 61);
        Assert.Equal(0, (title.Length - 1) % "👩‍👩‍👧".Length);
    }
}
