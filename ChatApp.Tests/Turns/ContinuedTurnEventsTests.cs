using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>The stored events of a turn that began with a text.</summary>
public sealed class ContinuedTurnEventsTests
{
    private static readonly TurnRow Queued = new() { Kind = TurnKind.Continue, Status = TurnStatus.Queued, EventSeq = 2, Text = "Once upon" };

    [Fact]
    public void After_StartOfOneThatWaits_TellsTheTextSoFar() =>
        Assert.Equal([("1-0", "accepted"), ("2-9", "delta")], Seen(StoredTurnEvents.After(EventCursor.Start, Queued)));

    [Fact]
    public void After_Accepted_TellsTheTextSoFar() =>
        Assert.Equal([("2-9", "delta")], Seen(StoredTurnEvents.After(new EventCursor(1, 0), Queued)));

    [Fact]
    public void After_TextSoFar_TellsNothingYet() => Assert.Empty(StoredTurnEvents.After(new EventCursor(2, 9), Queued));

    [Fact]
    public void After_TextSoFar_WhenMoreIsSaved_TellsOnlyThat()
    {
        var running = Queued with { Status = TurnStatus.Running, EventSeq = 7, Text = "Once upon a time" };

        var delta = Assert.Single(StoredTurnEvents.After(new EventCursor(2, 9), running));

        Assert.Equal((7L, 9, 16), (delta.Seq, delta.Start, delta.Offset));
    }

    [Fact]
    public void TakeRecord_LogBeginsAfterTheTextSoFar_FitsWithoutAGap()
    {
        var position = new ReaderPosition(EventCursor.Start);

        var taken = new List<TurnEvent>();
        position.TakeRecord([.. StoredTurnEvents.After(EventCursor.Start, Queued), StoredTurnEvents.Delta(3, 9, " a time")], taken);

        Assert.Equal([("1-0", "accepted"), ("2-9", "delta"), ("3-16", "delta")], Seen(taken));
        Assert.False(position.HasGap);
    }

    [Fact]
    public void After_BeginningDropped_ClearsIt()
    {
        var restarted = Queued with { Status = TurnStatus.Running, EventSeq = 3, RestartSeq = 3, Text = "" };

        Assert.Equal([("3-0", "restarted")], Seen(StoredTurnEvents.After(new EventCursor(2, 9), restarted)));
    }

    private static IEnumerable<(string Id, string Type)> Seen(IEnumerable<TurnEvent> events) =>
        events.Select(static e => (new EventCursor(e.Seq, e.Offset).ToString(), e.Type));
}
