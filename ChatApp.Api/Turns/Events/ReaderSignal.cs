using System.Threading.Tasks.Sources;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// Wakes one waiting reader. Woken while nobody waits, it lets the next wait pass at once; many wakes are one. It is
/// waited on again and again for as long as a stream lives, so a wait makes no object.
/// </summary>
internal sealed class ReaderSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Woken = 2;

    // The waker is often the one thread that hands out the events of all turns.
    private ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };
    private int _state;

    public void Wake()
    {
        if (Interlocked.Exchange(ref _state, Woken) == Waiting)
        {
            _wait.SetResult(true);
        }
    }

    /// <summary>Waits for a wake since the last wait ended. Only one may wait.</summary>
    public ValueTask WaitAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle)
        {
            return new ValueTask(this, _wait.Version);
        }

        Interlocked.Exchange(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token)
    {
        _wait.GetResult(token);
        _wait.Reset();
        // A full fence: what the reader looks at next was written before the wake that this forgets.
        Interlocked.Exchange(ref _state, Idle);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);
}
