using System.Runtime.CompilerServices;
using Npgsql;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// Follows a turn from a cursor to its end, without a gap and without a repetition, from whatever there is: Postgres for
/// what is saved, the log for what came since, and what is announced from then on.
/// </summary>
internal sealed partial class TurnEventReader(
    TurnStore turns, TurnEventLog log, TurnEventHub hub, TimeProvider time, ILogger<TurnEventReader> logger)
{
    // How long nothing may happen before Postgres is asked whether something did. The longer one bounds how late a
    // reader hears of the end of a turn whose worker died between saving and saying so.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PatienceWithoutLog = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Batches of events after <paramref name="cursor"/>, the last of which ends with the turn's outcome. An empty batch
    /// says that nothing happened for a while.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<TurnEvent>> FollowAsync(
        TurnRow turn, Guid userId, EventCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = new ReaderPosition(cursor);
        var batch = position.TakeAll(StoredTurnEvents.After(cursor, turn));
        if (turn.HasEnded)
        {
            yield return batch;
            yield break;
        }

        // Subscribed before the log is read, so that nothing falls between the two.
        using var subscription = await hub.SubscribeAsync(turn.Id, cancellationToken);
        batch.AddRange(position.TakeAll(await log.ReadAsync(turn.Id, position.Seq + 1) ?? []));
        if (batch is not [])
        {
            yield return batch;
        }

        while (!position.HasEnded)
        {
            var arrived = await subscription.WaitAsync(log.IsAvailable ? Patience : PatienceWithoutLog, time, cancellationToken);
            batch = TakeArrived(subscription, position);
            var missed = subscription.TakeMissed() || position.HasGap;
            if (!position.HasEnded && (missed || !arrived))
            {
                batch.AddRange(await CatchUpAsync(turn, userId, position, askPostgres: !arrived, cancellationToken));
            }

            if (batch is not [] || !arrived)
            {
                yield return batch;
            }
        }
    }

    private static List<TurnEvent> TakeArrived(TurnEventSubscription subscription, ReaderPosition position)
    {
        var taken = new List<TurnEvent>();
        while (subscription.TryTake(out var turnEvent))
        {
            position.Take(turnEvent, taken);
        }

        return taken;
    }

    /// <summary>Reads again what was missed: from the log, and from Postgres where the log does not have it.</summary>
    private async Task<List<TurnEvent>> CatchUpAsync(
        TurnRow turn, Guid userId, ReaderPosition position, bool askPostgres, CancellationToken cancellationToken)
    {
        var logged = await log.ReadAsync(turn.Id, position.Seq + 1);
        var taken = position.TakeAll(logged ?? []);
        if (position.HasEnded || (logged is not null && !position.HasGap && !askPostgres))
        {
            return taken;
        }

        try
        {
            taken.AddRange(position.TakeAll(await turns.FindAsync(turn.Id, userId, cancellationToken) is { } stored
                ? StoredTurnEvents.After(position.Cursor, stored)
                : [StoredTurnEvents.Gone(turn, position.Cursor)]));
            taken.AddRange(position.TakeAll(logged ?? []));
        }
        catch (NpgsqlException exception)
        {
            // The reader stays: what it waits for may still come by the log, and the database comes back.
            LogAway(turn.Id, exception.Message);
        }

        return taken;
    }

    [LoggerMessage(LogLevel.Warning, "A reader of turn {TurnId} cannot look into the database: {Reason}")]
    private partial void LogAway(Guid turnId, string reason);
}
