using ChatApp.Inference.Storage;
using Npgsql;

namespace ChatApp.Inference.Metering;

/// <summary>Reads an account's total where a call comes before <see cref="UsageWriter"/> has read it.</summary>
internal sealed class BudgetReader(GatewayStorage storage, UsageStore store, TimeProvider time)
{
    /// <summary>For how long after a call its caller's total is read again and again.</summary>
    public static readonly TimeSpan Followed = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private long _pauseEnds = long.MinValue;

    /// <summary>Makes sure that the total is not from long ago. With the database away, what is known has to do: calls are not stopped for it.</summary>
    public ValueTask RefreshAsync(BudgetAccount account, CancellationToken cancellationToken)
    {
        if (!storage.IsReady || account.Caller == UsageLedger.OtherCallers)
        {
            return default;
        }

        var now = time.GetTimestamp();
        return (account.ReadAt is { } at && time.GetElapsedTime(at, now) < Followed) || now < Volatile.Read(ref _pauseEnds)
            ? default
            : new ValueTask(ReadAsync(account, cancellationToken));
    }

    private async Task ReadAsync(BudgetAccount account, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var began = time.GetTimestamp();
            account.Read(await store.TotalAsync(account.Day, account.Caller, limit.Token), began);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The writer says in the log that the database is away.
            Volatile.Write(ref _pauseEnds, time.GetTimestamp() + (long)(Pause.TotalSeconds * time.TimestampFrequency));
        }
    }
}
