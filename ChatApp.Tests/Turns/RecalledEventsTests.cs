using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using ChatApp.Tests.Prompting;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>The stored events of turns that were given something: whatever a reader had live, Postgres goes on with.</summary>
public sealed class RecalledEventsTests
{
    private static readonly TurnRecall Recall = PromptWorkshop.Recalled([PromptWorkshop.Remembered("My dog is called Brimwick.")]);

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void After_EveryPlaceOfALiveReader_GivesTheRestAndTellsItOnce(int begun)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (live, row) = Turn(new Random(seed), begun);
            for (var had = 0; had <= live.Count; had++)
            {
                for (var saved = 0; saved < 2; saved++)
                {
                    // As it ended; and as it stood at its newest checkpoint, which a reader may be ahead of.
                    var stored = saved == 0 ? row : Running(live, row, Math.Max(had, begun > 0 ? 3 : 2));
                    Check(live, had, stored, $"seed {seed}, had {had}, {stored.Status}");
                }
            }
        }
    }

    [Fact]
    public void After_AcceptedOfARunningTurnWithNoText_TellsWhatWasRecalled()
    {
        var row = new TurnRow { Status = TurnStatus.Running, EventSeq = 2, RecallSeq = 2, Recall = Json() };

        Assert.Equal([("1-0", "accepted"), ("2-0", "recalled")], Seen(StoredTurnEvents.After(EventCursor.Start, row)));
        Assert.Equal([("2-0", "recalled")], Seen(StoredTurnEvents.After(new EventCursor(1, 0), row)));
        Assert.Empty(StoredTurnEvents.After(new EventCursor(2, 0), row));
    }

    [Fact]
    public void After_CancelledBeforeTheFirstWord_TellsItAndTheEnd()
    {
        var row = new TurnRow { Status = TurnStatus.Cancelled, EventSeq = 3, RecallSeq = 2, Recall = Json() };

        Assert.Equal([("1-0", "accepted"), ("2-0", "recalled"), ("3-0", "cancelled")], Seen(StoredTurnEvents.After(EventCursor.Start, row)));
    }

    [Fact]
    public void After_RestartAfterIt_TellsItFirstAndThenTheNewText()
    {
        var row = new TurnRow { Status = TurnStatus.Running, EventSeq = 1004, RestartSeq = 1003, RecallSeq = 2, Recall = Json(), Text = "Anew" };

        Assert.Equal([("1-0", "accepted"), ("2-0", "recalled"), ("1004-4", "delta")], Seen(StoredTurnEvents.After(EventCursor.Start, row)));
        Assert.Equal([("1003-0", "restarted"), ("1004-4", "delta")], Seen(StoredTurnEvents.After(new EventCursor(5, 20), row)));
    }

    [Fact]
    public void After_RestartBeforeIt_ClearsFirst()
    {
        var row = new TurnRow { Kind = TurnKind.Continue, Status = TurnStatus.Running, EventSeq = 1007, RestartSeq = 1003, RecallSeq = 1005, RecallOffset = 4, Recall = Json(), Text = "Once upon" };

        Assert.Equal([("1003-0", "restarted"), ("1004-4", "delta"), ("1005-4", "recalled"), ("1007-9", "delta")], Seen(StoredTurnEvents.After(new EventCursor(2, 4), row)));
    }

    [Fact]
    public void After_RecallThatWasNotTold_TellsNothing()
    {
        var row = new TurnRow { Status = TurnStatus.Running, EventSeq = 3, Text = "Hi" };

        Assert.Equal(["accepted", "delta"], StoredTurnEvents.After(EventCursor.Start, row).Select(static e => e.Type));
    }

    [Fact]
    public void Recalled_AsTheDatabaseWritesIt_IsTheSameEventAgain()
    {
        var live = StoredTurnEvents.Recalled(2, 0, Recall);

        // jsonb puts keys in another order and spaces between them.
        var stored = StoredTurnEvents.Recalled(2, 0, System.Text.Json.Nodes.JsonNode.Parse(live.Data)!.ToJsonString(new() { WriteIndented = true }));

        Assert.Equal(live, stored);
        Assert.Equal(live, TurnEvent.Parse(live.Format()));
        Assert.DoesNotContain('\n', live.Data);
    }

    /// <summary>A whole turn as a live reader got it, and as Postgres has it in the end.</summary>
    private static (List<TurnEvent> Live, TurnRow Row) Turn(Random random, int begun)
    {
        var text = new string('b', begun);
        var live = new List<TurnEvent> { new(1, 0, 0, "accepted", "{}") };
        if (begun > 0)
        {
            live.Add(StoredTurnEvents.Delta(2, 0, text));
        }

        live.Add(StoredTurnEvents.Recalled(live.Count + 1, begun, Recall));
        var recallSeq = live.Count;
        for (var i = random.Next(5); i > 0; i--)
        {
            var piece = new string('p', random.Next(1, 6));
            live.Add(StoredTurnEvents.Delta(live.Count + 1, text.Length, piece));
            text += piece;
        }

        live.Add(new TurnEvent(live.Count + 1, text.Length, text.Length, "completed", "{}"));
        return (live, new TurnRow
        {
            Kind = begun > 0 ? TurnKind.Continue : TurnKind.Message,
            Status = TurnStatus.Completed,
            EventSeq = live.Count,
            RecallSeq = recallSeq,
            RecallOffset = begun,
            Recall = Json(),
            Text = text,
        });
    }

    private static TurnRow Running(List<TurnEvent> live, TurnRow row, int upTo)
    {
        var newest = live[Math.Min(upTo, live.Count - 1) - 1];
        return row with { Status = TurnStatus.Running, EventSeq = newest.Seq, Text = row.Text[..newest.Offset] };
    }

    private static void Check(List<TurnEvent> live, int had, TurnRow stored, string what)
    {
        var position = new ReaderPosition(had == 0 ? EventCursor.Start : live[had - 1].Id);
        var taken = new List<TurnEvent>();
        if (stored.HasEnded)
        {
            position.TakeEnd(stored, taken);
        }
        else
        {
            position.TakeRecord(StoredTurnEvents.After(position.Cursor, stored), taken);
        }

        var all = live.Take(had).Concat(taken).ToList();
        var text = string.Concat(all.Where(static e => e.Type == "delta").Select(StoredTurnEvents.DeltaText));
        Assert.True(all.Zip(all.Skip(1)).All(static pair => pair.First.Seq < pair.Second.Seq), what);
        Assert.False(position.HasGap, what);
        Assert.Equal(had >= live.Count ? live[^1].Offset : Math.Max(stored.Text.Length, had == 0 ? 0 : live[had - 1].Offset), text.Length);
        Assert.True(all.Count(static e => e.Type == "recalled") == 1, what);
        Assert.Equal(live.Find(static e => e.Type == "recalled")!.Id, all.Find(static e => e.Type == "recalled")!.Id);
    }

    private static string Json() => StoredTurnEvents.Recalled(1, 0, Recall).Data;

    private static IEnumerable<(string Id, string Type)> Seen(IEnumerable<TurnEvent> events) => events.Select(static e => (e.Id.ToString(), e.Type));
}
