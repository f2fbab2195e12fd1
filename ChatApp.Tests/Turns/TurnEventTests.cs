using ChatApp.Api.Turns.Events;
using Xunit;

namespace ChatApp.Tests.Turns;

public sealed class TurnEventTests
{
    [Fact]
    public void Parse_FormattedEvent_GivesTheSame()
    {
        var turnEvent = StoredTurnEvents.Delta(7, 5, "two words,\n\"quotes\" and 😀");

        Assert.Equal(turnEvent, TurnEvent.Parse(turnEvent.Format()));
        Assert.Equal(5 + "two words,\n\"quotes\" and 😀".Length, turnEvent.Offset);
    }

    [Fact]
    public void Delta_TextWithLineBreaks_IsOneLine()
    {
        var turnEvent = StoredTurnEvents.Delta(1, 0, "a\nb\r\nc\u2028d\u0085e");

        Assert.DoesNotContain('\n', turnEvent.Data);
        Assert.DoesNotContain('\r', turnEvent.Data);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1 2 3 delta")]
    [InlineData("x 2 3 delta {}")]
    public void Parse_SomethingElse_GivesNothing(string? text) => Assert.Null(TurnEvent.Parse(text));
}
