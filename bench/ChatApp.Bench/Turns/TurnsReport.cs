using System.Globalization;
using ChatApp.Bench.Measuring;

namespace ChatApp.Bench.Turns;

/// <summary>The figures of one run as a Markdown table, ready for the README.</summary>
internal static class TurnsReport
{
    /// <param name="rounds">One sample a caller and round, asked in turns; the first caller is the reference.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(IReadOnlyList<IReadOnlyDictionary<string, Sample>> rounds, TextWriter output)
    {
        var callers = rounds[0].Keys.ToArray();
        var reference = callers[0];
        output.WriteLine("| asked | time to first token p50 / p95 | added p50 | tokens a second p50 | rate against direct |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var caller in callers)
        {
            var first = rounds.Select(r => r[caller].FirstText).ToArray();
            var added = rounds.Select(r => r[caller].FirstText - r[reference].FirstText);
            var rate = rounds.Select(r => r[caller].TokensPerSecond);
            var ratio = rounds.Select(r => r[caller].TokensPerSecond / r[reference].TokensPerSecond);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {caller} | {Quantiles.Median(first):0.0} / {Quantiles.At(first, 0.95):0.0} ms | {(caller == reference ? "" : $"{Quantiles.Median(added):0.0} ms")} | {Quantiles.Median(rate):0} | {(caller == reference ? "" : $"{Quantiles.Median(ratio):0.00}")} |"));
        }
    }
}
