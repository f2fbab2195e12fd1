using System.Text;
using ChatApp.Inference.Forwarding;
using Xunit;

namespace ChatApp.Tests.Inference.Forwarding;

public sealed class EventParserTests
{
    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "|a", "|b")]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n", "|a", "|b")]
    [InlineData("data:a\n\n", "|a")]
    [InlineData("data:  a\n\n", "| a")]
    [InlineData("data: {\ndata:  \"x\": 1\r\ndata: }\n\n", "|{\n \"x\": 1\n}")]
    [InlineData(": ping\n\n: ping\n\ndata: a\n\n: ping\n\n", "|a")]
    [InlineData("event: message_start\ndata: a\nid: 7\nretry: 10\n\n", "message_start|a")]
    [InlineData("event: lonely\n\ndata: a\n\n", "|a")]
    [InlineData("\n\n\ndata: héllo 🌍\n\n", "|héllo 🌍")]
    [InlineData("data\n\n", "|")]
    [InlineData("data: a\n\ndata: half", "|a")]
    public void TryNext_CutAnywhere_FindsTheSameEvents(string stream, params string[] expected)
    {
        var bytes = Encoding.UTF8.GetBytes(stream);
        for (var size = 1; size <= bytes.Length; size++)
        {
            Assert.Equal(expected, Read(bytes, size));
        }
    }

    [Theory]
    [InlineData("data: [DONE]", "[DONE]")]
    [InlineData("data: [DONE]\n", "[DONE]")]
    [InlineData("data: {\"a\":", "{\"a\":")]
    public void TryLast_NoEmptyLineAtTheEnd_TakesWhatIsThere(string stream, string expected)
    {
        using var parser = new EventParser();
        Feed(parser, Encoding.UTF8.GetBytes(stream));

        Assert.False(parser.TryNext());
        Assert.True(parser.TryLast());
        Assert.Equal(expected, Encoding.UTF8.GetString(parser.Data));
    }

    [Fact]
    public void Room_EventAboveTheBound_Throws()
    {
        using var parser = new EventParser();
        Feed(parser, "data: "u8);
        var piece = new byte[64 * 1024];
        Array.Fill(piece, (byte)'x');

        Assert.Throws<InvalidDataException>(() =>
        {
            for (var i = 0; i <= EventParser.MaximumEvent / piece.Length; i++)
            {
                Feed(parser, piece);
                parser.TryNext();
            }
        });
    }

    [Fact]
    public void TryNext_LargeEventsInARow_AreWhole()
    {
        using var parser = new EventParser();
        var text = new string('y', 100_000);
        for (var i = 0; i < 20; i++)
        {
            Feed(parser, Encoding.UTF8.GetBytes($"data: {text}{i}\n\n"));

            Assert.True(parser.TryNext());
            Assert.Equal(text + i, Encoding.UTF8.GetString(parser.Data));
            Assert.False(parser.TryNext());
            Assert.True(parser.IsEmpty);
            parser.Release();
        }
    }

    private static List<string> Read(byte[] bytes, int size)
    {
        using var parser = new EventParser();
        var found = new List<string>();
        for (var at = 0; at < bytes.Length; at += size)
        {
            Feed(parser, bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
            while (parser.TryNext())
            {
                found.Add(Encoding.UTF8.GetString(parser.Name) + "|" + Encoding.UTF8.GetString(parser.Data));
            }

            parser.Release();
        }

        return found;
    }

    private static void Feed(EventParser parser, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = parser.Room().Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            parser.Advance(count);
            bytes = bytes[count..];
        }
    }
}
