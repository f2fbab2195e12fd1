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
        _position.Take(Delta(5, 10, 3), _taken);

        Assert.Single(_taken);
        Assert.Equal(new EventCursor(5, 13), _position.Cursor);
        Assert.False(_position.HasGap);
    }

    [Fact]
    public void Take_EventThatWasHad_IsLeftWithoutAGap()
    {
        _position.Take(Delta(4, 8, 2), _taken);

        Assert.Empty(_taken);
        Assert.False(_position.HasGap);
    }

    [Theory]
    [InlineData(6, 13)] // Text is missing.
    [InlineData(6, 10)] // An event without text is missing.
    public void Take_EventAfterAMissingOne_IsAGap(long seq, int start)
    {
        _position.Take(Delta(seq, start, 1), _taken);

        Assert.Empty(_taken);
        Assert.True(_position.HasGap);
    }

    [Fact]
    public void Take_EventsOutOfOrder_StaysAGapUntilTheRecordIsRead()
    {
        _position.Take(Delta(6, 12, 2), _taken);
        _position.Take(Delta(5, 10, 2), _taken);

        Assert.True(_position.HasGap);
        Assert.Equal([6L], _position.TakeAll([Delta(5, 10, 2), Delta(6, 12, 2)]).Select(static e => e.Seq));
        Assert.False(_position.HasGap);
    }

    [Fact]
    public void TakeAll_RecordThatSkipsNumbers_IsTaken()
    {
        Assert.Single(_position.TakeAll([Delta(900, 10, 2)]));
        Assert.False(_position.HasGap);
    }

    [Fact]
    public void TakeAll_Restart_BeginsAtNothing()
    {
        var taken = _position.TakeAll([new TurnEvent(5, 0, 0, "restarted", "{}"), Delta(6, 0, 4)]);

        Assert.Equal(2, taken.Count);
        Assert.Equal(new EventCursor(6, 4), _position.Cursor);
    }

    [Fact]
    public void Take_AfterTheEnd_NothingIsTaken()
    {
        _position.Take(new TurnEvent(5, 10, 10, "completed", "{}"), _taken);
        _position.Take(Delta(6, 10, 1), _taken);

        Assert.True(_position.HasEnded);
        Assert.Single(_taken);
    }

    private static TurnEvent Delta(long seq, int start, int length) => StoredTurnEvents.Delta(seq, start, new string('x', length));
}
