using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// What was announced to one reader and not yet taken. It holds a bounded number of events: a reader that is slower
/// than its turn loses the rest here, is told so, and reads them from the log again.
/// </summary>
internal sealed class TurnEventSubscription(Action<TurnEventSubscription> remove) : IDisposable
{
    private const int Capacity = 256;

    private readonly Channel<TurnEvent> _events = Channel.CreateBounded<TurnEvent>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task<bool>? _arrival;
    private int _missed;
    private int _disposed;

    /// <summary>Whether something was announced and dropped since this was last asked.</summary>
    public bool TakeMissed() => Interlocked.Exchange(ref _missed, 0) == 1;

    public void Offer(TurnEvent turnEvent)
    {
        if (!_events.Writer.TryWrite(turnEvent))
        {
            Volatile.Write(ref _missed, 1);
        }
    }

    /// <summary>Waits until there is something to take, at most for <paramref name="patience"/>.</summary>
    /// <returns>False when nothing came.</returns>
    public async Task<bool> WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        // A wait that was given up goes on, and is the next one's.
        _arrival ??= _events.Reader.WaitToReadAsync(cancellationToken).AsTask();
        try
        {
            var any = await _arrival.WaitAsync(patience, time, cancellationToken);
            _arrival = null;
            return any;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public bool TryTake([NotNullWhen(true)] out TurnEvent? turnEvent) => _events.Reader.TryRead(out turnEvent);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            remove(this);
        }
    }
}
