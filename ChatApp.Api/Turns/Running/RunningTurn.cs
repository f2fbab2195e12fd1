namespace ChatApp.Api.Turns.Running;

/// <summary>A turn in the hands of this process, and the way to interrupt it. The first reason to stop is the one that counts.</summary>
internal sealed class RunningTurn(ClaimedTurn turn) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _reason;

    public ClaimedTurn Turn { get; } = turn;

    /// <summary>Ends when the attempt has, whatever became of it.</summary>
    public Task Completion { get; set; } = Task.CompletedTask;

    /// <summary>Whether this attempt has something saved.</summary>
    public bool HasGotSomewhere { get; private set; }

    public CancellationToken Stopping => _stop.Token;

    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    public void GotSomewhere() => HasGotSomewhere = true;

    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) != (int)StopReason.None)
        {
            return;
        }

        try
        {
            // Not on the caller's thread: what hangs on the token closes sockets.
            _ = _stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in the meantime.
        }
    }

    public void Dispose() => _stop.Dispose();
}
