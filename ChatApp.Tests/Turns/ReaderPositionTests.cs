using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using Xunit;

namespace ChatApp.Tests.Turns;

public sealed class ReaderPositionTests
{
    private readonly ReaderPosition _position = new(new EventCursor(4, 10));
    private readonly List<TurnEvent> _taken = [];

    [Fact]
    public void Take_NextEvent_IsTaken()
    {
        _position.TakeAnnounced([Delta(5, 10, 3)], _taken);

        Assert.Single(_taken);
        Assert.Equal(new EventCursor(5, 13), _position.Cursor);
        Assert.False(_position.HasGap);
    }

    [Fact]
    public void Take_EventThatWasHad_IsLeftWithoutAGap()
    {
        _position.TakeAnnounced([Delta(4, 8, 2)], _taken);

        Assert.Empty(_taken);
        Assert.False(_position.HasGap);
    }

    [Theory]
    [InlineData(6, 13)] // Text is missing.
    [InlineData(6, 10)] // An event without text is missing.
    public void Take_EventAfterAMissingOne_IsAGap(long seq, int start)
    {
        _position.TakeAnnounced([Delta(seq, start, 1)], _taken);

        Assert.Empty(_taken);
        Assert.True(_position.HasGap);
    }

    [Fact]
    public void Take_AfterAGap_GoesOnWithTheRecord()
    {
        _position.TakeAnnounced([Delta(6, 12, 2)], _taken);
        Assert.True(_position.HasGap);

        _position.TakeRecord([Delta(5, 10, 2), Delta(6, 12, 2)], _taken);

        Assert.Equal([5L, 6L], _taken.Select(static e => e.Seq));
        Assert.False(_position.HasGap);
    }

    [Fact]
    public void TakeRecord_ThatSkipsNumbers_IsTaken()
    {
        _position.TakeRecord([Delta(900, 10, 2)], _taken);

        Assert.Single(_taken);
        Assert.False(_position.HasGap);
    }

    [Fact]
    public void Take_RestartOfAReaderWithoutText_IsNoNews()
    {
        var position = new ReaderPosition(new EventCursor(1, 0));

        position.TakeAnnounced([new TurnEvent(1002, 0, 0, "restarted", "{}"), Delta(1003, 0, 4)], _taken);

        Assert.Equal([1003L], _taken.Select(static e => e.Seq));
    }

    [Fact]
    public void Take_RestartAfterAMissingEvent_BeginsAtNothing()
    {
        _position.TakeAnnounced([new TurnEvent(15, 0, 0, "restarted", "{}"), Delta(16, 0, 4)], _taken);

        Assert.Equal(2, _taken.Count);
        Assert.Equal(new EventCursor(16, 4), _position.Cursor);
    }

    [Fact]
    public void TakeEnd_PlaceThatNeverWas_EndsAllTheSame()
    {
        var position = new ReaderPosition(new EventCursor(3, 99_999));

        position.TakeEnd(new TurnRow { Status = TurnStatus.Completed, EventSeq = 4, Text = "Hello" }, _taken);

        Assert.Equal("completed", Assert.Single(_taken).Type);
        Assert.True(position.HasEnded);
    }

    [Fact]
    public void Take_AfterTheEnd_NothingIsTaken()
    {
        _position.TakeAnnounced([new TurnEvent(5, 10, 10, "completed", "{}")], _taken);
        _position.TakeAnnounced([Delta(6, 10, 1)], _taken);

        Assert.True(_position.HasEnded);
        Assert.Single(_taken);
    }

    private static TurnEvent Delta(long seq, int start, int length) => StoredTurnEvents.Delta(seq, start, new string('x', length));
}
