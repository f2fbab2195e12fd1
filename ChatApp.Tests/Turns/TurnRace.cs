using System.Collections.Concurrent;
using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Running;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>Workers that really run at once. Some die with a turn in their hands, and are back when another has it.</summary>
internal sealed class TurnRace(TurnTable table)
{
    private readonly ConcurrentDictionary<Guid, List<(int Attempt, string Text)>> _finished = new();
    private readonly ConcurrentDictionary<Guid, int> _claims = new();
    private int _left;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task RunAsync(int turns, int workers)
    {
        _left = turns;
        var accepting = AcceptAsync(turns);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => WorkAsync(table.NewQueue(), new Random(worker)))));
        await accepting;
    }

    public Task<List<string>> RowsAsync() => table.ListAsync(
        "SELECT concat_ws('|', t.id, t.status, t.attempt, t.losses, m.text) FROM turns t JOIN messages m ON m.id = t.assistant_message_id");

    /// <summary>Each was finished once, by its last attempt, whose text it has; and nobody was given an attempt twice.</summary>
    public void Check(List<string> rows)
    {
        Assert.Equal(_finished.Count, rows.Count);
        foreach (var row in rows.Select(static line => line.Split('|')))
        {
            var id = Guid.Parse(row[0]);
            var (attempt, text) = Assert.Single(_finished[id]);
            Assert.Equal(("completed", $"{attempt}", text), (row[1], row[2], row[4]));
            Assert.Equal(_claims[id], attempt);
        }

        Assert.Contains(rows, static line => line.Split('|')[3] != "0");
    }

    private async Task AcceptAsync(int turns)
    {
        await Parallel.ForAsync(0, turns, new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = Cancelled }, async (_, _) =>
        {
            var user = await table.NewUserAsync();
            var acceptance = await table.AcceptAsync(await table.NewConversationAsync(user), user);
            Assert.Equal(Verdict.Accepted, acceptance.Verdict);
        });
    }

    private async Task WorkAsync(TurnQueue queue, Random random)
    {
        var ghosts = new List<ClaimedTurn>();
        while (Volatile.Read(ref _left) > 0)
        {
            Cancelled.ThrowIfCancellationRequested();
            List<ClaimedTurn> turns = [.. await queue.ClaimAsync(8, Cancelled), .. await queue.ReclaimAsync(8, 8, Cancelled)];
            foreach (var turn in turns)
            {
                _claims.AddOrUpdate(turn.Id, 1, static (_, count) => count + 1);
                await WorkOnAsync(queue, turn, random, ghosts);
            }

            // Back from the dead: whoever has the turn now, or had it, is not to notice.
            foreach (var ghost in ghosts)
            {
                await FinishAsync(ghost);
            }

            ghosts.Clear();
        }
    }

    private async Task WorkOnAsync(TurnQueue queue, ClaimedTurn turn, Random random, List<ClaimedTurn> ghosts)
    {
        await table.Answers.CheckpointAsync(turn, new AnswerState(turn.EventSeq + 1, "half"), Cancelled);
        switch (random.Next(4))
        {
            case 0:
                // It dies. Its lease is let run out at once, but only if it is still its own.
                await table.SqlAsync("UPDATE turns SET lease_until = now() - interval '1 second' WHERE id = @Id AND attempt = @Attempt AND status = 'running'", new { turn.Id, turn.Attempt });
                ghosts.Add(turn);
                break;
            case 1:
                await queue.GiveBackAsync(turn, new AnswerState(turn.EventSeq + 2, "half"), null, counts: false, TimeSpan.Zero, Cancelled);
                break;
            default:
                await FinishAsync(turn);
                break;
        }
    }

    private async Task FinishAsync(ClaimedTurn turn)
    {
        var text = $"by attempt {turn.Attempt}";
        if (await table.Answers.FinishAsync(turn, new AnswerState(turn.EventSeq + 9, text), new TurnOutcome(TurnStatus.Completed), null, Cancelled))
        {
            _finished.AddOrUpdate(turn.Id, _ => [(turn.Attempt, text)], (_, before) => [.. before, (turn.Attempt, text)]);
            Interlocked.Decrement(ref _left);
        }
    }
}
