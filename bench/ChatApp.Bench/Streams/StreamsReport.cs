using System.Globalization;

namespace ChatApp.Bench.Streams;

/// <summary>The figures of one run, as Markdown.</summary>
internal static class StreamsReport
{
    public static void Write(
        StreamsRun run, StreamTally readers, StreamTally direct, IEnumerable<(string Process, double CpuSeconds)> processes, TextWriter output)
    {
        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

        Line($"{run.Streams} streams over {run.Turns} turns at 1 token a second, for {run.Elapsed.TotalSeconds:0} s, on {Environment.ProcessorCount} cores with the load generator beside it.");
        Line($"Raised for this run: streams a person, turns a person, turns a worker, calls of the gateway at once.");
        Line($"");
        Line($"| | |");
        Line($"|---|---|");
        Line($"| streams opened, in s | {readers.Open}, {run.Opening.TotalSeconds:0.0} |");
        Line($"| streams dropped | {readers.Dropped} |");
        Line($"| events a second delivered | {run.Events / run.Elapsed.TotalSeconds:0} |");
        Line($"| events missed or repeated | {readers.Gaps} |");
        Line($"| delay from engine to reader, p50 / p90 / p99 / max | {Delays(readers.Delays)} ms |");
        Line($"| the same, engine asked directly ({direct.Open} streams beside the others) | {Delays(direct.Delays)} ms |");
        Line($"| memory of the Api before / with the streams | {run.BytesBefore / 1e6:0} / {run.BytesWith / 1e6:0} MB |");
        Line($"| bytes a stream | {(run.BytesWith - run.BytesBefore) / run.Streams} |");
        foreach (var (process, seconds) in processes)
        {
            Line($"| CPU of {process} | {seconds:0.0} s, {seconds / run.Elapsed.TotalSeconds:0%} of a core |");
        }
    }

    private static string Delays(DelayHistogram delays) => string.Create(
        CultureInfo.InvariantCulture, $"{delays.At(0.5):0.0} / {delays.At(0.9):0.0} / {delays.At(0.99):0.0} / {delays.At(1):0.0}");
}

/// <summary>One run, as far as it is not in the tallies.</summary>
internal sealed record StreamsRun(
    int Streams, int Turns, TimeSpan Elapsed, TimeSpan Opening, long Events, long BytesBefore, long BytesWith);
