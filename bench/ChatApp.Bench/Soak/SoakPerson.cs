using System.Globalization;
using ChatApp.Faults;
using ChatApp.Faults.Clients;
using ChatApp.Faults.Judging;

namespace ChatApp.Bench.Soak;

/// <summary>Somebody who talks, reloads, stops, edits what was said last, and sends the same twice.</summary>
internal sealed class SoakPerson(Cluster cluster, ChatClient client, History history, SoakCounts counts, int number, int seed)
{
    private const int TurnsOfAConversation = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Random _dice = new(seed);
    private int _asked;
    private Guid? _lastMessage;

    /// <summary>Talks until told to stop, and finishes what it began.</summary>
    public async Task TalkAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        while (!stopping.IsCancellationRequested)
        {
            var conversation = await client.StartConversationAsync(cancellationToken);
            _lastMessage = null;
            for (var i = 0; i < TurnsOfAConversation && !stopping.IsCancellationRequested; i++)
            {
                await AskAsync(conversation, cancellationToken);
            }
        }
    }

    private async Task AskAsync(Guid conversation, CancellationToken cancellationToken)
    {
        var question = string.Create(CultureInfo.InvariantCulture, $"[id=s{seed}-{number}-{_asked++} tokens={_dice.Next(10, 80)} rate=12]");
        var key = Guid.NewGuid().ToString("N");
        var repeats = _dice.NextDouble() < 0.1;
        var editOf = _dice.NextDouble() < 0.15 ? _lastMessage : null;
        var posts = await Task.WhenAll(Enumerable.Range(0, repeats ? 2 : 1).Select(_ => client.PostAsync(conversation, question, cancellationToken, key, editOf)));
        if (repeats)
        {
            counts.Repeated();
        }

        if (posts[0] is not { } turn)
        {
            // The last turn has not ended yet, which its readers gave up waiting for: that was counted there.
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            return;
        }

        _lastMessage = turn.UserMessage;
        foreach (var post in posts)
        {
            counts.Accepted(post!.Id);
        }

        await ReadAsync(turn, cancellationToken);
        await JudgeAsync(turn, cancellationToken);
        history.Forget(turn);
    }

    private async Task ReadAsync(TurnHistory turn, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var readers = Enumerable.Range(0, _dice.Next(1, 3)).Select(_ =>
            client.FollowAsync(turn, patience.Token, new ReaderStyle { CutChance = 0.03, Seed = _dice.Next() })).ToArray();
        if (_dice.NextDouble() < 0.1)
        {
            await Task.Delay(TimeSpan.FromSeconds(_dice.NextDouble() * 3), cancellationToken);
            await client.CancelAsync(turn, cancellationToken);
        }

        await Task.WhenAll(readers);
    }

    private async Task JudgeAsync(TurnHistory turn, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var stored = (await StoredTurn.ReadAsync(cluster.Database, [turn.Conversation], cancellationToken)).GetValueOrDefault(turn.Id);
                counts.Add(Invariants.Judge(turn, stored));
                if (stored is not null)
                {
                    counts.Ended(turn, stored);
                }

                return;
            }
            catch (Npgsql.NpgsqlException)
            {
                // The judge waits for the database like everybody else.
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
            }
        }
    }
}
