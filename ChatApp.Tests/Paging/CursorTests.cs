using ChatApp.Api.Paging;
using Xunit;

namespace ChatApp.Tests.Paging;

public sealed class CursorTests
{
    [Fact]
    public void TryDecode_EncodedCursor_GivesTheSamePlace()
    {
        var cursor = Cursor.At(CursorList.Conversations, new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero).AddTicks(70), Guid.CreateVersion7());

        Assert.True(Cursor.TryDecode(CursorList.Conversations, cursor.Encode(), out var decoded));
        Assert.Equal(cursor, decoded);
        Assert.Equal(cursor.Time, decoded!.Value.Time);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void TryDecode_NoText_IsTheBeginning(string? text)
    {
        Assert.True(Cursor.TryDecode(CursorList.Messages, text, out var cursor));
        Assert.Null(cursor);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("not base64 at all!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AwAAAAAAAAAAAaH7ivzGdTOHuimydPtJgAwAAAAAAAAAAAaH7ivzGdTOHuimydPtJgA")]
    public void TryDecode_Garbage_IsRefused(string text) => Assert.False(Cursor.TryDecode(CursorList.Messages, text, out _));

    [Fact]
    public void TryDecode_CursorOfAnotherList_IsRefused()
    {
        var cursor = new Cursor(CursorList.Characters, 10, Guid.NewGuid()).Encode();

        Assert.False(Cursor.TryDecode(CursorList.Messages, cursor, out _));
    }

    [Fact]
    public void TryDecode_KeyThatIsNoTime_IsRefused()
    {
        var cursor = new Cursor(CursorList.Conversations, long.MaxValue, Guid.NewGuid()).Encode();

        Assert.False(Cursor.TryDecode(CursorList.Conversations, cursor, out _));
    }
}
