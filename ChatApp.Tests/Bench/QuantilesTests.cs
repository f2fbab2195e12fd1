using ChatApp.Bench.Measuring;
using ChatApp.Bench.Streams;
using Xunit;

namespace ChatApp.Tests.Bench;

/// <summary>The quantiles of all published figures: always a value that was measured.</summary>
public sealed class QuantilesTests
{
    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    [InlineData(0, 1)]
    public void At_HundredValues_IsTheNearestRank(double quantile, double expected) =>
        Assert.Equal(expected, Quantiles.At(Enumerable.Range(1, 100).Reverse().Select(static n => (double)n), quantile));

    [Fact]
    public void At_Nothing_IsNoNumber() => Assert.Equal(double.NaN, Quantiles.At([], 0.5));

    [Fact]
    public void Histogram_SameValues_AgreesToItsStep()
    {
        var histogram = new DelayHistogram();
        for (var milliseconds = 1; milliseconds <= 100; milliseconds++)
        {
            histogram.Add((milliseconds * 1000) - 1);
        }

        Assert.Equal(50, histogram.At(0.5), 3);
        Assert.Equal(99, histogram.At(0.99), 3);
        Assert.Equal(100, histogram.At(1), 3);
    }
}
