using System.Diagnostics;
using System.Globalization;
using ChatApp.Bench.Measuring;

namespace ChatApp.Bench.Safety;

/// <summary>How long a check of a text takes.</summary>
internal static class CheckTimes
{
    private const int Rounds = 5;

    public static void Write(string name, IReadOnlyList<LabelledText> texts, Action<string> check, TextWriter output)
    {
        foreach (var text in texts)
        {
            check(text.Text);
        }

        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var text in texts)
            {
                var begun = Stopwatch.GetTimestamp();
                check(text.Text);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        var perKilobyte = times.Sum() / (Rounds * texts.Sum(static t => (long)t.Text.Length)) * 1024;
        var longText = string.Concat(Enumerable.Repeat(string.Join('\n', texts.Select(static t => t.Text)), 2)) is { Length: > 100_000 } all ? all[..100_000] : string.Join('\n', texts.Select(static t => t.Text));
        var longBegun = Stopwatch.GetTimestamp();
        check(longText);
        var longTime = Stopwatch.GetElapsedTime(longBegun).TotalMilliseconds;
        output.WriteLine();
        output.WriteLine("| check | texts | p50 | p99 | a KB | 100,000 characters |");
        output.WriteLine("|---|---|---|---|---|---|");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {texts.Count} | {Quantiles.Median(times):0.000} ms | {Quantiles.At(times, 0.99):0.000} ms | {perKilobyte:0.000} ms | {longTime:0.0} ms |"));
    }
}
