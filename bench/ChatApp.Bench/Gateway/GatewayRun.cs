using System.Diagnostics;
using ChatApp.Bench.Gateway.Load;
using ChatApp.Bench.Gateway.Stage;
using ChatApp.Bench.Measuring;
using ChatApp.Bench.Streams;

namespace ChatApp.Bench.Gateway;

/// <summary>One run: every part, and in each part everybody in turn.</summary>
internal sealed class GatewayRun(GatewayPlan plan, GatewayStage stage, Func<string, Task> say)
{
    private const int MostWarmUps = 6;

    // What a pass more makes no cheaper than this is as fast as it gets.
    private const double Settled = 0.9;

    private readonly int _loadCores = stage.Cores.Load?.Split(',').Length ?? 1;

    public GatewayPlan Plan => plan;

    public GatewayStage Stage => stage;

    public List<FirstTokenRow> FirstTokens { get; } = [];

    public List<ThroughputRow> Throughput { get; } = [];

    public List<StreamsRow> Streams { get; } = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        if (plan.Measures(GatewayPlan.FirstToken))
        {
            await MeasureFirstTokensAsync(cancellationToken);
        }

        if (plan.Measures(GatewayPlan.Throughput))
        {
            await MeasureThroughputAsync(cancellationToken);
        }

        if (plan.Measures(GatewayPlan.Streams))
        {
            await MeasureStreamsAsync(cancellationToken);
        }
    }

    // .NET compiles what is called often once more, and better: until then its figures are of something that nobody runs for long.
    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var costs = new Dictionary<Target, double>();
        var warming = stage.Targets.ToList();
        for (var pass = 1; pass <= MostWarmUps && warming.Count > 0; pass++)
        {
            await say($"warming up, pass {pass}: {string.Join(", ", warming.Select(static target => target.Name))} ...");
            foreach (var target in warming.ToList())
            {
                var row = await MeasureThroughputAsync(target, plan.Callers / 4, plan.WarmUp, cancellationToken);
                if (costs.TryGetValue(target, out var before) && row.CpuMicroseconds > Settled * before)
                {
                    warming.Remove(target);
                }

                costs[target] = row.CpuMicroseconds;
                // It does so when nothing new is called for a moment.
                await Task.Delay(TimeSpan.FromMilliseconds(300), cancellationToken);
            }
        }
    }

    private async Task MeasureFirstTokensAsync(CancellationToken cancellationToken)
    {
        FirstTokens.AddRange(stage.Targets.Select(static target => new FirstTokenRow(target, [], [])));
        for (var round = 1; round <= plan.Rounds; round++)
        {
            await say($"first token, round {round} of {plan.Rounds} ...");
            foreach (var row in FirstTokens)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var load = new FirstTokenLoad(row.Target);
                // The connection's own beginning is not what a call costs.
                load.Ask(5);
                var times = load.Ask(plan.Questions);
                row.P50.Add(Quantiles.Median(times));
                row.P99.Add(Quantiles.At(times, 0.99));
            }
        }
    }

    private async Task MeasureThroughputAsync(CancellationToken cancellationToken)
    {
        foreach (var target in stage.Targets)
        {
            await say($"requests a second: {target.Name} ...");
            Throughput.Add(await MeasureThroughputAsync(target, plan.Callers, plan.Asking, cancellationToken));
        }
    }

    private static async Task<ThroughputRow> MeasureThroughputAsync(Target target, int callers, TimeSpan length, CancellationToken cancellationToken)
    {
        var load = new ThroughputLoad(target);
        var before = ProcessUsage.Of(target.Process.Id, alone: true);
        var clock = Stopwatch.StartNew();
        await load.RunAsync(callers, length, cancellationToken);
        var seconds = clock.Elapsed.TotalSeconds;
        var cpu = ProcessUsage.Of(target.Process.Id, alone: true).CpuSeconds - before.CpuSeconds;
        return new ThroughputRow(
            target, load.Answered / seconds, load.Failed, load.Arrivals.First.At(0.5), load.Arrivals.First.At(0.99), cpu / Math.Max(1, load.Answered) * 1e6, cpu / seconds);
    }

    private async Task MeasureStreamsAsync(CancellationToken cancellationToken)
    {
        foreach (var count in plan.Steps)
        {
            foreach (var target in stage.Targets)
            {
                if (Streams.Exists(row => row.Target == target && !row.Holds))
                {
                    // More of what was too much already says nothing.
                    continue;
                }

                await say($"{count} streams: {target.Name} ...");
                Streams.Add(await MeasureStreamsAsync(target, count, cancellationToken));
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
            }
        }
    }

    private async Task<StreamsRow> MeasureStreamsAsync(Target target, int count, CancellationToken cancellationToken)
    {
        var load = new StreamsLoad(target, count, GatewayPlan.Rate);
        var marks = new List<Mark>();
        await load.RunAsync(plan.Arriving, plan.Holding, () => marks.Add(Look(target, load)), cancellationToken);
        var (from, to) = (marks[0], marks[^1]);
        var seconds = Stopwatch.GetElapsedTime(from.At, to.At).TotalSeconds;
        var arrivals = load.Arrivals;
        return new StreamsRow(target, count, load.Failed, load.FirstFailure, load.Lost, load.Repeated, arrivals.Late)
        {
            FirstP99 = arrivals.First.At(0.99),
            GapP50 = arrivals.Gaps.At(0.5),
            GapP99 = arrivals.Gaps.At(0.99),
            DelayP50 = arrivals.Delays.At(0.5),
            DelayP99 = arrivals.Delays.At(0.99),
            CpuMicroseconds = (to.Target.CpuSeconds - from.Target.CpuSeconds) / Math.Max(1, to.Tokens - from.Tokens) * 1e6,
            CoreShare = (to.Target.CpuSeconds - from.Target.CpuSeconds) / seconds,
            LoadShare = (to.LoadSeconds - from.LoadSeconds) / seconds / _loadCores,
            Bytes = to.Target.ResidentBytes,
        };
    }

    private Mark Look(Target target, StreamsLoad load) => new(
        Stopwatch.GetTimestamp(),
        load.Arrivals.Tokens,
        ProcessUsage.Of(target.Process.Id, alone: true),
        ProcessUsage.Of(stage.Direct.Process.Id, alone: true).CpuSeconds + ProcessUsage.Of(Environment.ProcessId, alone: true).CpuSeconds);

    private sealed record Mark(long At, long Tokens, ProcessUsage Target, double LoadSeconds);
}
