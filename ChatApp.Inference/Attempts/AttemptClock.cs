namespace ChatApp.Inference.Attempts;

/// <summary>
/// Ends a try that takes too long, or whose caller left. While an answer streams, a whole event costs it one field to be written:
/// the timer looks at that field when it comes due, and goes on if there was one meanwhile.
/// </summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly long _deadline;
    private readonly Lock _lock = new();
    private long _patience;
    private long _waitingSince;
    private volatile bool _isPaused;
    private bool _isDisposed;

    /// <summary>Begins.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long the first event may take.</param>
    /// <param name="deadline">When the call's time is over, in the clock's timestamps.</param>
    /// <param name="callerGone">Tells that nobody waits any more.</param>
    public AttemptClock(TimeProvider time, TimeSpan patience, long deadline, CancellationToken callerGone)
    {
        _time = time;
        _deadline = deadline;
        _patience = Timestamps(patience);
        _waitingSince = time.GetTimestamp();
        _source = CancellationTokenSource.CreateLinkedTokenSource(callerGone);
        var left = time.GetElapsedTime(_waitingSince, Math.Max(_waitingSince, Math.Min(_waitingSince + _patience, deadline)));
        _timer = time.CreateTimer(static state => ((AttemptClock)state!).Look(), this, left, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends what the try waits for.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time ran out, and not the caller.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Whether it was the call's time, and not the target's.</summary>
    public bool IsPastDeadline { get; private set; }

    private bool HasBegun { get; set; }

    /// <summary>The first token is here: from now on only silence ends the try.</summary>
    public void Begin(TimeSpan patience)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                HasBegun = true;
                _patience = Timestamps(patience);
                Volatile.Write(ref _waitingSince, _time.GetTimestamp());
                _timer.Change(patience, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>A whole event is here, or the caller took the last one.</summary>
    public void Touch(long now)
    {
        Volatile.Write(ref _waitingSince, now);
        _isPaused = false;
    }

    /// <summary>What is there goes to the caller: the target is not to blame for how long that takes.</summary>
    public void Pause() => _isPaused = true;

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
        _source.Dispose();
    }

    private long Timestamps(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    private void Look()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            var now = _time.GetTimestamp();
            var due = _isPaused ? now + _patience : Volatile.Read(ref _waitingSince) + _patience;
            due = HasBegun ? due : Math.Min(due, _deadline);
            if (now < due)
            {
                // A timer can be a little early, and must not be set to nothing.
                _timer.Change(_time.GetElapsedTime(now, due) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            RanOut = true;
            IsPastDeadline = !HasBegun && now >= _deadline;
            // Cancelling runs what waits, which may dispose of this; it is asked for outside the lock.
        }

        Cancel();
    }

    private void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The try ended in the same moment.
        }
    }
}
