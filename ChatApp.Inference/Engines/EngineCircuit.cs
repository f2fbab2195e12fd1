namespace ChatApp.Inference.Engines;

/// <summary>
/// Counts an engine's failures in a row, and says when it is to be left alone. After a rest one call tries it; the others
/// follow when that one has its first token. Polly's circuit breaker would have to run the calls itself, and refuses what is
/// to be let through here: the last engine is tried even while it rests.
/// </summary>
internal sealed class EngineCircuit(TimeProvider time)
{
    /// <summary>Failures in a row after which it rests. One that could not be reached rests at once.</summary>
    public const int Threshold = 3;

    private const int MaximumDoublings = 5;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    // A trial that never reports, as one that waits for a place, does not keep the engine out for good.
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private int _failures;
    private int _rests;
    private long? _restsUntil;
    private long? _trialSince;

    /// <summary>Whether calls should go elsewhere.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _restsUntil is { } until
                    && (time.GetTimestamp() < until || (_trialSince is { } since && time.GetElapsedTime(since) < LongestTrial));
            }
        }
    }

    /// <summary>How long it still rests; zero when it does not.</summary>
    public TimeSpan Rest
    {
        get
        {
            lock (_lock)
            {
                return _restsUntil is { } until && time.GetTimestamp() is var now && now < until ? time.GetElapsedTime(now, until) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>A call begins there.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            if (_restsUntil is { } until && time.GetTimestamp() >= until)
            {
                _trialSince = time.GetTimestamp();
            }
        }
    }

    /// <summary>A call has its first token. Failures stay counted: the answer can still break off.</summary>
    public void Answering()
    {
        lock (_lock)
        {
            if (_restsUntil is not null)
            {
                _restsUntil = null;
                _trialSince = null;
                _failures = Threshold - 1;
            }
        }
    }

    /// <summary>A call was answered to its end, or the engine said that it can be reached.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _failures = 0;
            _rests = 0;
            _restsUntil = null;
            _trialSince = null;
        }
    }

    /// <summary>A call ended without telling anything of the engine, as when the caller left.</summary>
    public void Withdraw()
    {
        lock (_lock)
        {
            _trialSince = null;
        }
    }

    /// <summary>A call failed.</summary>
    /// <param name="atOnce">Whether it needs no more failures to rest.</param>
    /// <param name="atLeast">How long the engine asks to be left alone.</param>
    public void Fail(bool atOnce, TimeSpan atLeast)
    {
        lock (_lock)
        {
            _failures++;
            if (_failures < Threshold && !atOnce && _restsUntil is null)
            {
                return;
            }

            var rest = ShortestRest * (1 << Math.Min(_rests++, MaximumDoublings));
            rest = rest > atLeast ? rest : atLeast;
            rest = rest < LongestRest ? rest : LongestRest;
            _restsUntil = time.GetTimestamp() + (long)(rest.TotalSeconds * time.TimestampFrequency);
            _trialSince = null;
        }
    }
}
