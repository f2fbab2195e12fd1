using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using Xunit;

namespace ChatApp.Tests.Turns;

public sealed class TurnFeedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ManualTime _time = new();
    private readonly TurnFeed _feed;
    private readonly List<TurnEvent> _taken = [];
    private int _looks;

    public TurnFeedTests()
    {
        _feed = new TurnFeed(Guid.NewGuid(), _time);
        // One that takes nothing, so that everything is kept that may be.
        _feed.Add(new TurnFollower(new TurnRow { Status = TurnStatus.Running }, new EventCursor(1, 0), _feed, null!, null!, new ReaderSignal()));
    }

    [Fact]
    public void Receive_EventsOutOfOrder_AreGivenInOrder()
    {
        var position = new ReaderPosition(new EventCursor(1, 0));
        _feed.Receive(Delta(2));
        _feed.Receive(Delta(4));
        _feed.Receive(Delta(5));
        Take(position);
        Assert.Equal([2L], Seqs());

        _feed.Receive(Delta(3));
        Take(position);

        Assert.Equal([2L, 3L, 4L, 5L], Seqs());
        Assert.False(position.HasGap);
    }

    [Fact]
    public void Receive_OneEventForTwoReaders_IsTheSameObject()
    {
        var (first, second) = (new ReaderPosition(new EventCursor(1, 0)), new ReaderPosition(new EventCursor(1, 0)));
        _feed.Receive(Delta(2));

        Take(first);
        Take(second);

        Assert.Same(_taken[0], _taken[1]);
        Assert.NotNull(_taken[0].Frames);
    }

    [Fact]
    public void Receive_MoreThanItKeeps_LeavesAGapToSlowReaders()
    {
        var position = new ReaderPosition(new EventCursor(1, 0));
        for (var seq = 2; seq <= 1000; seq++)
        {
            _feed.Receive(Delta(seq));
        }

        Take(position);

        Assert.Empty(_taken);
        Assert.True(position.HasGap);
    }

    [Fact]
    public void Receive_PredecessorNeverComes_NeedsALookThatFillsIt()
    {
        var position = new ReaderPosition(new EventCursor(2, 1));
        _feed.Receive(Delta(2));
        _feed.Receive(Delta(4));

        Assert.True(_feed.NeedsLook(Patience, out var isMissing, out var known));
        Assert.True(isMissing);
        Assert.Equal(2, known);
        _feed.Show(new TurnLook(Running(seq: 3, "xx"), [Delta(4)]));
        Take(position);

        Assert.Equal([3L, 4L], Seqs());
        Assert.False(_feed.NeedsLook(Patience, out _, out _));
    }

    [Fact]
    public void NeedsLook_Silence_AfterPatienceAndNotAgainBeforeIt()
    {
        _feed.Receive(Delta(2));
        Assert.False(_feed.NeedsLook(Patience, out _, out _));

        _time.Advance(Patience);
        Assert.True(_feed.NeedsLook(Patience, out var isMissing, out var known));
        Assert.False(isMissing);
        Assert.Equal(2, known);

        _feed.ShowNothing();
        Assert.False(_feed.NeedsLook(Patience, out _, out _));
        _time.Advance(Patience);
        Assert.True(_feed.NeedsLook(Patience, out _, out _));
    }

    [Fact]
    public void NeedsLook_AskedAgainAndAgain_RestsBetweenLooks()
    {
        _feed.AskForLook();
        Assert.True(_feed.NeedsLook(Patience, out _, out _));
        _feed.Show(new TurnLook(Running(seq: 1, ""), []));

        _feed.AskForLook();
        Assert.False(_feed.NeedsLook(Patience, out _, out _));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.True(_feed.NeedsLook(Patience, out _, out _));
    }

    [Fact]
    public void Take_PlaceBeyondTheAnnouncedEnd_Ends()
    {
        var position = new ReaderPosition(new EventCursor(9999, 0));
        _feed.Receive(Delta(2));
        Take(position);
        Assert.False(position.HasEnded);

        _feed.Receive(new TurnEvent(3, 1, 1, TurnEventTypes.Completed, "{}"));
        Take(position);

        Assert.True(position.HasEnded);
        Assert.Empty(_taken);
    }

    [Fact]
    public void Show_TurnThatHasEnded_IsShownToReadersThatCameLate()
    {
        _feed.Show(new TurnLook(null, null));
        _feed.NeedsLook(Patience, out _, out _);

        var position = new ReaderPosition(new EventCursor(1, 0));

        Assert.Null(_feed.Take(position, ref _looks, _taken)!.Stored);
    }

    private static TurnEvent Delta(long seq) => StoredTurnEvents.Delta(seq, (int)seq - 2, "x");

    private static TurnRow Running(long seq, string text) => new() { Status = TurnStatus.Running, EventSeq = seq, Text = text };

    private IEnumerable<long> Seqs() => _taken.Select(static e => e.Seq);

    private void Take(ReaderPosition position)
    {
        if (_feed.Take(position, ref _looks, _taken) is { } look)
        {
            position.TakeRecord(StoredTurnEvents.After(position.Cursor, look.Stored!), _taken);
            position.TakeRecord(look.Logged ?? [], _taken);
            _feed.Take(position, ref _looks, _taken);
        }
    }
}
