using System.Globalization;
using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Running;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>
/// One person with three conversations and three workers, and whatever may happen to their turns in any order. Every attempt goes
/// on writing after it has lost its turn, as a worker does that was paused and does not know.
/// </summary>
internal sealed class TurnMachine
{
    private static readonly TimeSpan Later = TimeSpan.FromHours(1);

    private readonly TurnTable _table;
    private readonly Random _random;
    private readonly TurnQueue[] _workers;
    private readonly List<TurnModel> _turns = [];
    private readonly List<(ClaimedTurn Turn, TurnModel Model, AnswerState Written)> _attempts = [];
    private readonly Guid[] _conversations = new Guid[3];
    private readonly List<string> _trace = [];
    private Guid _user;
    private int _step;

    public TurnMachine(TurnTable table, int seed)
    {
        _table = table;
        _random = new Random(seed);
        _workers = [table.NewQueue(), table.NewQueue(), table.NewQueue()];
    }

    /// <summary>What was done, to be read when it went wrong.</summary>
    public string Trace => string.Join(Environment.NewLine, _trace);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task RunAsync(int steps)
    {
        _user = await _table.NewUserAsync();
        for (var i = 0; i < _conversations.Length; i++)
        {
            _conversations[i] = await _table.NewConversationAsync(_user);
        }

        Func<Task>[] actions =
        [
            AcceptAsync, AcceptAsync, ClaimAsync, ClaimAsync, WriteAsync, WriteAsync, WriteAsync, CheckpointAsync, CheckpointAsync, RenewAsync,
            ExpireAsync, ReclaimAsync, FinishAsync, GiveBackAsync, WaitAsync, CancelAsync, () => _random.Next(4) == 0 ? DeleteAsync() : CancelAsync(),
        ];
        for (_step = 0; _step < steps; _step++)
        {
            await actions[_random.Next(actions.Length)]();
            await CheckAsync();
        }

        await DrainAsync();
    }

    private async Task AcceptAsync()
    {
        var conversation = _random.Next(_conversations.Length);
        Note($"accept in {conversation}");
        var acceptance = await _table.AcceptAsync(_conversations[conversation], _user);
        var open = _turns.Where(static turn => turn.IsOpen).ToList();
        if (open.Exists(turn => turn.Conversation == conversation))
        {
            Assert.Equal(Verdict.Busy, acceptance.Verdict);
        }
        else if (open.Count >= TurnTable.MaxActive)
        {
            Assert.Equal(Verdict.TooMany, acceptance.Verdict);
        }
        else
        {
            Assert.Equal(Verdict.Accepted, acceptance.Verdict);
            _turns.Add(new TurnModel(acceptance.Turn!.Id, conversation));
        }
    }

    private async Task ClaimAsync()
    {
        var count = _random.Next(1, 3);
        Note($"claim {count}");
        var claimed = await Any(_workers).ClaimAsync(count, Cancelled);
        var expected = _turns.Where(static turn => turn is { Status: TurnStatus.Queued, IsDue: true }).Take(count).ToList();
        await TakeAsync(claimed, expected, static turn => turn.Claim());
    }

    private async Task ReclaimAsync()
    {
        var (count, lastChances) = (_random.Next(1, 3), _random.Next(2));
        Note($"reclaim {count}, last chances {lastChances}");
        var claimed = await Any(_workers).ReclaimAsync(count, lastChances, Cancelled);
        var lost = _turns.Where(static turn => turn.ExpiredAt is not null).OrderBy(static turn => turn.ExpiredAt).ToLookup(static turn => turn.FailuresIfLost == TurnTable.MaxAttempts - 1);
        await TakeAsync(claimed, [.. lost[false].Take(count), .. lost[true].Take(lastChances)], static turn => turn.Reclaim());
    }

    /// <summary>Who takes a turn finds all that is saved of it, and, as long as the log is there, all that its readers have seen.</summary>
    private async Task TakeAsync(List<ClaimedTurn> claimed, List<TurnModel> expected, Action<TurnModel> take)
    {
        Assert.Equal(expected.Select(static turn => turn.Id).Order(), claimed.Select(static turn => turn.Id).Order());
        foreach (var turn in claimed)
        {
            var model = expected.Single(candidate => candidate.Id == turn.Id);
            take(model);
            Assert.Equal(
                (model.Attempt, model.Failures, model.Losses, model.Seq, model.IsUnwanted),
                (turn.Attempt, turn.Failures, turn.Losses, turn.EventSeq, turn.CancelRequested));
            Assert.Equal(model.Text, (await _table.Answers.ReadAsync(turn, Cancelled)).Text);
            var logIsThere = turn.Abandoned && _random.Next(2) == 0;
            var attempt = (turn, model, Written: logIsThere ? model.Sent : new AnswerState(model.Seq, model.Text));
            if (turn.Abandoned && !logIsThere)
            {
                attempt.Written = new AnswerState(model.Sent.Seq + 1000, model.Text);
                Assert.True(await _table.Answers.RestartAsync(turn, attempt.Written.Seq - 1, attempt.Written, Cancelled));
                model.Restart(attempt.Written);
            }

            model.Sent = attempt.Written;
            _attempts.Add(attempt);

            // What a worker does before anything else.
            if (turn.CancelRequested || turn.Failures >= TurnTable.MaxAttempts)
            {
                await EndAsync(_attempts.Count - 1, turn.CancelRequested ? TurnStatus.Cancelled : TurnStatus.Failed);
            }
        }
    }

    private Task WriteAsync() => WithAttempt("write", i =>
    {
        var (turn, model, written) = _attempts[i];
        var more = new AnswerState(written.Seq + 1, string.Create(CultureInfo.InvariantCulture, $"{written.Text}{turn.Attempt}"));
        _attempts[i] = (turn, model, more);
        if (model.IsOwnedBy(turn))
        {
            model.Sent = more;
        }

        return Task.CompletedTask;
    });

    private Task CheckpointAsync() => WithAttempt("checkpoint", async i =>
    {
        var (turn, model, written) = _attempts[i];

        // One that was sent earlier and arrives late must change nothing.
        var isLate = _random.Next(4) == 0 && written.Seq > turn.EventSeq + 1;
        var answer = isLate && written.Seq - 1 < model.Seq ? new AnswerState(written.Seq - 1, "late") : written;
        Check(model, turn, await _table.Answers.CheckpointAsync(turn, answer, Cancelled), () => model.Checkpoint(answer));
    });

    private Task FinishAsync() => WithAttempt("finish", i => EndAsync(i, Any([TurnStatus.Completed, TurnStatus.Failed, TurnStatus.Cancelled])));

    private async Task EndAsync(int i, TurnStatus status)
    {
        var (turn, model, written) = _attempts[i];
        var ended = written with { Seq = written.Seq + 1 };
        var outcome = new TurnOutcome(status, Failure: status == TurnStatus.Failed ? TurnFailure.AttemptsExhausted(turn.LastError) : null);
        Check(model, turn, await _table.Answers.FinishAsync(turn, ended, outcome, null, Cancelled), () => model.Finish(ended, status));
    }

    private Task GiveBackAsync() => WithAttempt("give back", async i =>
    {
        var (turn, model, written) = _attempts[i];
        var (counts, isDue) = (_random.Next(2) == 0, _random.Next(2) == 0);
        var given = await Any(_workers).GiveBackAsync(turn, written, counts ? "It broke." : null, counts, isDue ? TimeSpan.Zero : Later, Cancelled);
        Check(model, turn, given, () => model.GiveBack(written, counts, isDue));
    });

    private async Task RenewAsync()
    {
        var mine = _attempts.Where(_ => _random.Next(2) == 0).DistinctBy(static attempt => attempt.Turn.Id).ToList();
        Note($"renew {mine.Count}");
        var renewed = await Any(_workers).RenewAsync([.. mine.Select(static a => a.Turn.Id)], [.. mine.Select(static a => a.Turn.Attempt)], Cancelled);
        var owned = mine.Where(static attempt => attempt.Model.IsOwnedBy(attempt.Turn)).Select(static attempt => attempt.Model).ToList();
        Assert.Equal(owned.Select(static turn => (turn.Id, turn.IsUnwanted)).Order(), renewed.Select(static lease => (lease.Id, lease.CancelRequested)).Order());
        owned.ForEach(static turn => turn.ExpiredAt = null);
    }

    private async Task ExpireAsync()
    {
        if (Any(_turns.Where(static turn => turn.Status == TurnStatus.Running)) is not { } turn)
        {
            return;
        }

        Note($"expire {turn.Id}");
        turn.ExpiredAt = _step;
        await _table.SqlAsync("UPDATE turns SET lease_until = now() - interval '1 day' + @step * interval '1 second' WHERE id = @id", new { turn.Id, step = _step });
    }

    private async Task WaitAsync()
    {
        Note("wait until all are due");
        _turns.ForEach(static turn => turn.IsDue = true);
        await _table.SqlAsync("UPDATE turns SET run_after = now() WHERE user_id = @user AND status = 'queued'", new { user = _user });
    }

    private async Task CancelAsync()
    {
        if (Any(_turns) is not { } turn)
        {
            return;
        }

        Note($"cancel {turn.Id}");
        var before = turn.Status;
        turn.Cancel();
        var cancelled = await _table.Turns.CancelAsync(turn.Id, _user, Cancelled);
        Assert.Equal((turn.Status, before == TurnStatus.Queued, before == TurnStatus.Running), (cancelled!.Value.Turn.Status, cancelled.Value.Ended, cancelled.Value.Asked));
        Assert.Null(await _table.Turns.CancelAsync(turn.Id, Guid.NewGuid(), Cancelled));
    }

    private async Task DeleteAsync()
    {
        var conversation = _random.Next(_conversations.Length);
        Note($"delete {conversation}");
        await _table.Conversations.DeleteAsync(_conversations[conversation], _user, Cancelled);
        foreach (var turn in _turns.Where(turn => turn.Conversation == conversation && turn.IsOpen))
        {
            turn.Finish(turn.Sent, TurnStatus.Cancelled);
        }

        _turns.RemoveAll(turn => turn.Conversation == conversation);
        _conversations[conversation] = await _table.NewConversationAsync(_user);
    }

    /// <summary>However it was left, workers that are well bring everything to an end.</summary>
    private async Task DrainAsync()
    {
        for (var round = 0; _turns.Exists(static turn => turn.IsOpen); round++)
        {
            Assert.True(round < 100, "Turns stay open.");
            await WaitAsync();
            while (_turns.Exists(static turn => turn is { Status: TurnStatus.Running, ExpiredAt: null }))
            {
                _step++;
                await ExpireAsync();
            }

            await ReclaimAsync();
            await ClaimAsync();
            for (var i = 0; i < _attempts.Count; i++)
            {
                if (_attempts[i].Model.IsOwnedBy(_attempts[i].Turn) && _attempts[i].Model.ExpiredAt is null)
                {
                    await EndAsync(i, TurnStatus.Completed);
                }
            }
        }

        await CheckAsync();
    }

    /// <summary>A write is taken from the newest attempt of a running turn, and from no other.</summary>
    private static void Check(TurnModel model, ClaimedTurn turn, bool taken, Action change)
    {
        Assert.True(taken == model.IsOwnedBy(turn), $"Attempt {turn.Attempt} of {turn.Id} was {(taken ? "taken" : "refused")}.");
        if (taken)
        {
            change();
        }
    }

    private async Task CheckAsync() => Assert.Equal(_turns.Select(static turn => turn.Row().TrimEnd()), (await _table.RowsAsync(_user)).Select(static row => row.TrimEnd()));

    private Task WithAttempt(string what, Func<int, Task> act)
    {
        if (_attempts.Count == 0)
        {
            return Task.CompletedTask;
        }

        // Mostly one of the newest; any other is of a worker that does not know yet.
        var i = _random.Next(3) == 0 ? _random.Next(_attempts.Count) : _random.Next(Math.Max(0, _attempts.Count - 3), _attempts.Count);
        Note($"{what} by attempt {_attempts[i].Turn.Attempt} of {_attempts[i].Turn.Id}");
        return act(i);
    }

    private T? Any<T>(IEnumerable<T> candidates)
    {
        var list = candidates.ToList();
        return list.Count == 0 ? default : list[_random.Next(list.Count)];
    }

    private T Any<T>(T[] candidates) => candidates[_random.Next(candidates.Length)];

    private void Note(string what) => _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{_step}: {what}"));
}
