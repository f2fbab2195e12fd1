namespace ChatApp.Bench.Measuring;

/// <summary>Quantiles by the nearest-rank method: always a value that was measured.</summary>
internal static class Quantiles
{
    public static double Median(IEnumerable<double> values) => At(values, 0.5);

    public static double At(IEnumerable<double> values, double quantile)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var rank = (int)Math.Ceiling(quantile * sorted.Length);
        return sorted[Math.Clamp(rank - 1, 0, sorted.Length - 1)];
    }
}
