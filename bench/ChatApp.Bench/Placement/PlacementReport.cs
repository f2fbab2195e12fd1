using System.Globalization;
using ChatApp.Bench.Measuring;

namespace ChatApp.Bench.Placement;

/// <summary>The figures as Markdown, ready for the docs.</summary>
internal static class PlacementReport
{
    private static readonly int[] Shown = [2, 10, 20];

    /// <param name="plan">What was run.</param>
    /// <param name="trials">For each policy a trial a round.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(PlacementPlan plan, IReadOnlyDictionary<string, List<PlacementTrial>> trials, TextWriter output)
    {
        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

        var turns = Shown.Where(turn => turn <= plan.Turns).Append(plan.Turns).Distinct().ToArray();
        var rounds = trials.First().Value.Count;
        var longest = trials.Values.SelectMany(static of => of).SelectMany(static trial => trial.Talks).Max(static talk => talk.Turns[^1].Tokens);
        Line($"{plan.Engines} llama-servers with the built-in model (4 slots of 2,048 tokens, all that it was trained for, and {plan.CacheMegabytes} MiB for other prompts); {rounds} rounds of {plan.Conversations} conversations of {plan.Callers} callers, {plan.AtOnce} at once, {plan.Turns} turns; prompts up to {longest} tokens, answers up to {plan.AnswerTokens}; {Environment.ProcessorCount} cores for everything.");
        Line($"");
        Line($"| placement | prompt tokens cached, turns 2 to {plan.Turns} | {string.Join(" | ", turns.Select(static turn => string.Create(CultureInfo.InvariantCulture, $"turn {turn}: first text, tokens read anew, p50")))} | p99, all turns | answers a second | busiest engine, average = 1 |");
        Line($"|---|---|{string.Concat(turns.Select(static _ => "---|"))}---|---|---|");
        foreach (var (policy, of) in trials)
        {
            var later = of.SelectMany(static trial => trial.Talks).SelectMany(static talk => talk.Turns.Skip(1)).ToList();
            var cached = later.Sum(static s => (double)s.Cached) / later.Sum(static s => (double)s.Tokens);
            var first = turns.Select(turn => string.Create(CultureInfo.InvariantCulture, $"{FirstText(of, turn):0} ms, {At(of, turn, static s => s.Tokens - s.Cached):0} of {At(of, turn, static s => s.Tokens):0}"));
            var speed = of.Sum(static trial => trial.Talks.Sum(static talk => talk.Turns.Count)) / of.Sum(static trial => trial.Elapsed.TotalSeconds);
            Line($"| {policy} | {cached:0.000} | {string.Join(" | ", first)} | {Quantiles.At(later.Select(static s => s.FirstText), 0.99):0} ms | {speed:0.0} | {of.Average(static trial => trial.Spread):0.00} |");
        }

        Line($"");
        var last = plan.Turns;
        if (trials.TryGetValue("prefix", out var ours) && trials.TryGetValue("round-robin", out var other))
        {
            Line($"First text at turn {last}: {FirstText(ours, last) / FirstText(other, last):0.00} of round robin's.");
        }
    }

    private static double FirstText(List<PlacementTrial> trials, int turn) => At(trials, turn, static s => s.FirstText);

    private static double At(List<PlacementTrial> trials, int turn, Func<PlacementSample, double> figure) =>
        Quantiles.Median(trials.SelectMany(static trial => trial.Talks).Select(talk => figure(talk.Turns[turn - 1])));
}
