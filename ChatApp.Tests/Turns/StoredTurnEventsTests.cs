using System.Text.Json.Nodes;
using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using Xunit;

namespace ChatApp.Tests.Turns;

public sealed class StoredTurnEventsTests
{
    [Fact]
    public void After_StartOfFinishedTurn_TellsItWhole()
    {
        var events = StoredTurnEvents.After(EventCursor.Start, Finished("Hello"));

        Assert.Equal(["accepted", "delta", "usage", "completed"], events.Select(static e => e.Type));
        Assert.Equal(["1-0", "6-5", "7-5", "8-5"], events.Select(static e => new EventCursor(e.Seq, e.Offset).ToString()));
    }

    [Fact]
    public void After_MidOfFinishedTurn_TellsOnlyTheRest()
    {
        var events = StoredTurnEvents.After(new EventCursor(3, 2), Finished("Hello"));

        Assert.Equal(["delta", "usage", "completed"], events.Select(static e => e.Type));
        Assert.Equal("llo", Text(events));
    }

    [Fact]
    public void After_UsageOfFinishedTurn_TellsOnlyTheEnd() =>
        Assert.Equal(["completed"], StoredTurnEvents.After(new EventCursor(7, 5), Finished("Hello")).Select(static e => e.Type));

    [Theory]
    [InlineData(8)]
    [InlineData(9000)]
    public void After_EndOfFinishedTurn_TellsNothing(long seq) =>
        Assert.Empty(StoredTurnEvents.After(new EventCursor(seq, 5), Finished("Hello")));

    [Fact]
    public void After_CursorBeforeARestart_ClearsAndTellsTheNewText()
    {
        var events = StoredTurnEvents.After(new EventCursor(3, 2), Finished("Hello") with { RestartSeq = 5 });

        Assert.Equal(["restarted", "delta", "usage", "completed"], events.Select(static e => e.Type));
        Assert.Equal("Hello", Text(events));
    }

    [Fact]
    public void After_CursorAfterARestart_GoesOn() =>
        Assert.Equal("llo", Text(StoredTurnEvents.After(new EventCursor(5, 2), Finished("Hello") with { RestartSeq = 4 })));

    [Fact]
    public void After_CancelledWithoutUsage_EndsWithCancelled()
    {
        var events = StoredTurnEvents.After(EventCursor.Start, new TurnRow { Status = TurnStatus.Cancelled, EventSeq = 2 });

        Assert.Equal(["accepted", "cancelled"], events.Select(static e => e.Type));
    }

    [Fact]
    public void After_RunningTurn_TellsWhatIsSaved()
    {
        var running = new TurnRow { Status = TurnStatus.Running, EventSeq = 4, Text = "Hel" };

        Assert.Equal(["accepted", "delta"], StoredTurnEvents.After(EventCursor.Start, running).Select(static e => e.Type));
        Assert.Empty(StoredTurnEvents.After(new EventCursor(6, 5), running));
    }

    [Fact]
    public void After_MadeUpCursorInsideACharacter_KeepsTheCharacterWhole() =>
        Assert.Equal("😀b", Text(StoredTurnEvents.After(new EventCursor(2, 2), Finished("a😀b"))));

    private static TurnRow Finished(string text) => new()
    {
        Status = TurnStatus.Completed,
        EventSeq = 8,
        Text = text,
        InputTokens = 3,
        OutputTokens = 2,
        TimeToFirstTokenMs = 1,
        FinishReason = "stop",
    };

    private static string Text(IEnumerable<TurnEvent> events) =>
        string.Concat(events.Where(static e => e.Type == "delta").Select(static e => (string?)JsonNode.Parse(e.Data)!["text"]));
}
