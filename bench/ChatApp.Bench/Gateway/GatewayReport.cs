using System.Globalization;
using ChatApp.Bench.Gateway.Stage;
using ChatApp.Bench.Measuring;

namespace ChatApp.Bench.Gateway;

/// <summary>The figures of one run, as Markdown, with what is wanted beside what is there.</summary>
internal static class GatewayReport
{
    private const double WantedAddedP50 = 0.5;
    private const double WantedAddedP99 = 5;
    private const double WantedCpu = 60;
    private const int WantedStreams = 2500;

    // What comes this near to the engine asked directly may be the engine's end, not the target's.
    private const double NearCeiling = 0.9;

    public static void Write(GatewayRun run, TimeSpan took, TextWriter output)
    {
        void Line(string line) => output.WriteLine(line);

        Line(Text($"{Environment.ProcessorCount} cores: {run.Stage.Cores.Description}. The gateway with key, routing, placement, admission, quotas and metering on. {took.TotalMinutes:0.0} minutes."));
        foreach (var note in run.Stage.Missing.Concat(run.Stage.Targets.Select(static t => t.Note).OfType<string>()))
        {
            Line("");
            Line(note);
        }

        WriteFirstTokens(run, Line);
        WriteThroughput(run, Line);
        WriteStreams(run, Line);
        WriteWanted(run, Line);
    }

    private static void WriteFirstTokens(GatewayRun run, Action<string> line)
    {
        if (run.FirstTokens is not [var direct, ..])
        {
            return;
        }

        line("");
        line(Text($"Time to first token, one caller, {run.Plan.Rounds} rounds of {run.Plan.Questions} in turns, medians of the rounds:"));
        line("");
        line("| asked | p50 | p99 | added p50 | added p99 |");
        line("|---|---|---|---|---|");
        foreach (var row in run.FirstTokens)
        {
            var added = row == direct ? " | |" : Text($" {AddedP50(run, row):0.00} ms | {AddedP99(run, row):0.00} ms |");
            line(Text($"| {row.Target.Name} | {Quantiles.Median(row.P50):0.000} ms | {Quantiles.Median(row.P99):0.00} ms |") + added);
        }
    }

    private static void WriteThroughput(GatewayRun run, Action<string> line)
    {
        if (run.Throughput is not [var direct, ..])
        {
            return;
        }

        line("");
        line(Text($"Requests a second, answers of one token, {run.Plan.Callers} callers at once, {run.Plan.Asking.TotalSeconds:0} s each:"));
        line("");
        line("| asked | a second | failed | p50 | p99 | processor time a request | of a core | |");
        line("|---|---|---|---|---|---|---|---|");
        foreach (var row in run.Throughput)
        {
            var bound = row != direct && row.PerSecond >= NearCeiling * direct.PerSecond ? "bound by the engine: a lower limit" : "";
            line(Text($"| {row.Target.Name} | {row.PerSecond:0} | {row.Failed} | {row.P50:0.0} ms | {row.P99:0.0} ms | {row.CpuMicroseconds:0} µs | {row.CoreShare:0%} | {bound} |"));
        }
    }

    private static void WriteStreams(GatewayRun run, Action<string> line)
    {
        if (run.Streams is [])
        {
            return;
        }

        line("");
        line(Text($"Streams of {GatewayPlan.Rate} tokens a second, begun over {run.Plan.Arriving.TotalSeconds:0} s, all there for {run.Plan.Holding.TotalSeconds:0} s. A row holds with no error, nothing lost or repeated, a gap of at most 200 ms at p99, and a first token within 1 s at p99; who does not hold a row is not asked for more:"));
        line("");
        line("| streams | asked | holds | errors / lost / repeated / late | first token p99 | gap p50 / p99 | engine to caller p50 / p99 | processor time a token | of a core | memory | measuring side |");
        line("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in run.Streams)
        {
            line(Text($"| {row.Streams} | {row.Target.Name} | {(row.Holds ? "yes" : "no")} | {row.Failed} / {row.Lost} / {row.Repeated} / {row.Late} | {row.FirstP99:0.0} ms | {row.GapP50:0.0} / {row.GapP99:0.0} ms | {row.DelayP50:0.0} / {row.DelayP99:0.0} ms | {row.CpuMicroseconds:0} µs | {row.CoreShare:0%} | {row.Bytes / 1e6:0} MB | {row.LoadShare:0%}{(IsBound(run, row) ? ", at its end: says nothing about who was asked" : "")} |"));
        }

        foreach (var row in run.Streams.Where(static row => row.Failure is not null))
        {
            line("");
            line(Text($"{row.Streams} streams, {row.Target.Name}: {row.Failure}"));
        }
    }

    private static void WriteWanted(GatewayRun run, Action<string> line)
    {
        line("");
        line("| wanted of the gateway | here | |");
        line("|---|---|---|");
        if (run.FirstTokens.Find(static row => row.Target.Id == Target.Gateway) is { } first)
        {
            var (p50, p99) = (AddedP50(run, first), AddedP99(run, first));
            line(Text($"| added to the first token, p50 under {WantedAddedP50:0.0} ms | {p50:0.00} ms | {Verdict(p50 < WantedAddedP50)} |"));
            line(Text($"| added to the first token, p99 under {WantedAddedP99:0} ms | {p99:0.00} ms | {Verdict(p99 < WantedAddedP99)} |"));
        }

        var rows = run.Streams.FindAll(static row => row.Target.Id == Target.Gateway);
        if (rows is not [])
        {
            var held = rows.Where(static row => row.Holds).Select(static row => row.Streams).DefaultIfEmpty().Max();
            var verdict = held >= WantedStreams ? Verdict(isMet: true)
                : rows.Find(static row => !row.Holds) is not { } failed ? "not asked for so many"
                : IsBound(run, failed) ? "not to be told: the measuring side was at its end"
                : Verdict(isMet: false);
            line(Text($"| streams on a core, at least {WantedStreams} | {held} | {verdict} |"));
            var most = rows.LastOrDefault(static row => row.Streams <= WantedStreams) ?? rows[0];
            line(Text($"| processor time a token, under {WantedCpu:0} µs, at {most.Streams} streams | {most.CpuMicroseconds:0} µs | {Verdict(most.CpuMicroseconds < WantedCpu)} |"));
        }
    }

    // What the engine does not hold when it is asked directly, nobody in front of it can hold.
    private static bool IsBound(GatewayRun run, StreamsRow row) =>
        row.IsBoundByLoad || (!row.Holds && !run.Streams.Exists(direct => direct.Target.IsDirect && direct.Streams == row.Streams && direct.Holds));

    private static double AddedP50(GatewayRun run, FirstTokenRow row) => Quantiles.Median(row.P50) - Quantiles.Median(run.FirstTokens[0].P50);

    private static double AddedP99(GatewayRun run, FirstTokenRow row) => Quantiles.Median(row.P99) - Quantiles.Median(run.FirstTokens[0].P99);

    private static string Verdict(bool isMet) => isMet ? "met" : "**not met**";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
