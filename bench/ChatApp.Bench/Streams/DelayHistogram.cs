namespace ChatApp.Bench.Streams;

/// <summary>Delays counted in steps of 100 microseconds, up to a minute. Many threads add at once.</summary>
internal sealed class DelayHistogram
{
    private const int Steps = 600_000;
    private const double StepsPerMillisecond = 10;

    private readonly int[] _counts = new int[Steps + 1];

    public long Count { get; private set; }

    public void Add(long microseconds) =>
        Interlocked.Increment(ref _counts[Math.Clamp(microseconds / 100, 0, Steps)]);

    /// <summary>Milliseconds that this share of the delays is not above.</summary>
    public double At(double quantile)
    {
        Count = _counts.Sum(static c => (long)c);
        var rank = (long)Math.Ceiling(quantile * Count);
        long passed = 0;
        for (var i = 0; i <= Steps; i++)
        {
            passed += _counts[i];
            if (passed >= rank && passed > 0)
            {
                return (i + 1) / StepsPerMillisecond;
            }
        }

        return double.NaN;
    }
}
