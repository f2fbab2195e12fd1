using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using ChatApp.Bench.Prefix;

namespace ChatApp.Bench.Placement;

/// <summary>Runs a policy once, at engines and a gateway of its own: nothing is cached when it begins.</summary>
internal static class PlacementRun
{
    private const string Model = "tiny-chat";

    public static async Task<PlacementTrial> RunAsync(string policy, PlacementPlan plan, int round, CancellationToken cancellationToken)
    {
        List<PrefixEngine> engines = [];
        try
        {
            for (var i = 0; i < plan.Engines; i++)
            {
                engines.Add(await PrefixEngine.StartAsync(cancellationToken, plan.CacheMegabytes));
            }

            await using var gateway = await PlacementGateway.StartAsync(policy, Model, [.. engines.Select(static e => e.Address)], cancellationToken);
            using var http = new HttpClient { BaseAddress = gateway.Address, Timeout = TimeSpan.FromMinutes(2) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", PlacementGateway.Key);
            var caller = new PlacementCaller(http, Model, plan.AnswerTokens);
            await WarmAsync(caller, plan, cancellationToken);
            var before = await AnsweredAsync(engines, cancellationToken);

            // The same conversations for each policy, others in each round.
            List<PlacementTalk> talks = [.. Enumerable.Range(0, plan.Conversations).Select(i => new PlacementTalk(
                (round * 1000) + i, $"caller-{i % plan.Callers}", plan.PersonaWords, plan.SaidWords))];
            var order = new Random(round);
            var clock = Stopwatch.StartNew();
            for (var turn = 1; turn <= plan.Turns; turn++)
            {
                var shuffled = talks.ToArray();
                order.Shuffle(shuffled);
                await Parallel.ForEachAsync(
                    shuffled,
                    new ParallelOptions { MaxDegreeOfParallelism = plan.AtOnce, CancellationToken = cancellationToken },
                    async (talk, token) => await caller.AskAsync(talk, token));
            }

            var elapsed = clock.Elapsed;
            var after = await AnsweredAsync(engines, cancellationToken);
            return new PlacementTrial(talks, elapsed, [.. after.Zip(before, static (a, b) => a - b)]);
        }
        finally
        {
            foreach (var engine in engines)
            {
                await engine.DisposeAsync();
            }
        }
    }

    // The first calls pay for compiling the gateway and for reading the model's file.
    private static async Task WarmAsync(PlacementCaller caller, PlacementPlan plan, CancellationToken cancellationToken)
    {
        // As few conversations as can be: each has a place of its own among those that an engine is taken to cache.
        var talks = Enumerable.Range(1, plan.Engines).Select(static i => new PlacementTalk(-i, "warm", personaWords: 5, saidWords: 5)).ToList();
        for (var i = 0; i < 5; i++)
        {
            await Task.WhenAll(talks.Select(talk => caller.AskAsync(talk, cancellationToken)));
        }
    }

    private static async Task<double[]> AnsweredAsync(List<PrefixEngine> engines, CancellationToken cancellationToken)
    {
        const string Metric = "llamacpp:tokens_predicted_total ";
        using var http = new HttpClient();
        List<double> answered = [];
        foreach (var engine in engines)
        {
            var metrics = await http.GetStringAsync(new Uri(engine.Address, "/metrics"), cancellationToken);
            var line = metrics.Split('\n').First(static line => line.StartsWith(Metric, StringComparison.Ordinal));
            answered.Add(double.Parse(line[Metric.Length..], CultureInfo.InvariantCulture));
        }

        return [.. answered];
    }
}
