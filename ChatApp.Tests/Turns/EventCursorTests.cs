using ChatApp.Api.Turns.Events;
using Xunit;

namespace ChatApp.Tests.Turns;

public sealed class EventCursorTests
{
    [Fact]
    public void TryParse_FormattedCursor_GivesTheSame()
    {
        var cursor = new EventCursor(42, 1234);

        Assert.Equal("42-1234", cursor.ToString());
        Assert.True(EventCursor.TryParse("42-1234", out var parsed));
        Assert.Equal(cursor, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void TryParse_NoText_IsTheStart(string? text)
    {
        Assert.True(EventCursor.TryParse(text, out var cursor));
        Assert.Equal(EventCursor.Start, cursor);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-3")]
    [InlineData("7-")]
    [InlineData("-7-3")]
    [InlineData("7--3")]
    [InlineData(" 7-3")]
    [InlineData("7-99999999999")]
    [InlineData("99999999999999999999-1")]
    [InlineData("seven-three")]
    [InlineData("11111111111111111111111111111111111111111-1")]
    public void TryParse_Garbage_IsRefused(string text) => Assert.False(EventCursor.TryParse(text, out _));
}
