using System.Globalization;
using ChatApp.Bench.Measuring;

namespace ChatApp.Bench.Prefix;

/// <summary>The figures as Markdown, ready for the docs.</summary>
internal static class PrefixReport
{
    private static readonly int[] Shown = [2, 10, 30, 50];

    /// <param name="layouts">For each layout its runs, and in each run a sample a turn.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(IReadOnlyDictionary<string, List<List<PrefixSample>>> layouts, TextWriter output)
    {
        var turns = Shown.Where(turn => turn <= layouts.First().Value[0].Count).ToArray();
        output.WriteLine($"| layout | {string.Join(" | ", turns.Select(static turn => $"turn {turn}"))} | last against turn 2 |");
        output.WriteLine($"|---|{string.Concat(turns.Select(static _ => "---|"))}---|");
        foreach (var (name, runs) in layouts)
        {
            var cells = turns.Select(turn => string.Create(
                CultureInfo.InvariantCulture,
                $"{First(runs, turn):0} ms ({Median(runs, turn, static s => s.Cached):0} of {Median(runs, turn, static s => s.Tokens):0} cached)"));
            var ratio = string.Create(CultureInfo.InvariantCulture, $"{First(runs, turns[^1]) / First(runs, turns[0]):0.00}");
            output.WriteLine($"| {name} | {string.Join(" | ", cells)} | {ratio} |");
        }

        output.WriteLine();
        foreach (var (name, runs) in layouts)
        {
            var samples = runs.SelectMany(static run => run.Select((sample, i) => (Sample: sample, IsCut: i > 0 && sample.FirstShown != run[i - 1].FirstShown)).Skip(1)).ToList();
            var (cut, kept) = (samples.Where(static s => s.IsCut).ToList(), samples.Where(static s => !s.IsCut).ToList());
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: turns 2 to {runs[0].Count} p50 {Quantiles.Median(samples.Select(static s => s.Sample.FirstText)):0} ms, mean {samples.Average(static s => s.Sample.FirstText):0} ms; the beginning moved at {(double)cut.Count / runs.Count:0.#} of them (p50 {Quantiles.Median(cut.Select(static s => s.Sample.FirstText)):0} ms), and stayed at the others (p50 {Quantiles.Median(kept.Select(static s => s.Sample.FirstText)):0} ms)."));
        }
    }

    private static double First(List<List<PrefixSample>> runs, int turn) => Median(runs, turn, static s => s.FirstText);

    private static double Median(List<List<PrefixSample>> runs, int turn, Func<PrefixSample, double> figure) => Quantiles.Median(runs.Select(run => figure(run[turn - 1])));
}
