using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using Xunit;

namespace ChatApp.Tests.Inference.Placement;

/// <summary>200 conversations of 8 turns at 4 engines, with more calls than places for much of the time.</summary>
public sealed class PlacementSimulationTests
{
    private const int Conversations = 200;
    private const int Turns = 8;
    private static readonly TimeSpan Thinking = TimeSpan.FromSeconds(6);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Conversations_ThreePolicies_OursFindsItsPromptsCached(int seed)
    {
        var next = 0;
        var (ours, worst) = Run(Ours, seed);
        var (roundRobin, _) = Run((simulation, _) => simulation.Bench.Engines[next++ % 4], seed);
        var (leastRequests, _) = Run(LeastRequests, seed);

        Tell("ours", ours);
        Tell("round robin", roundRobin);
        Tell("least requests", leastRequests);
        Assert.True(HitRate(ours) >= 0.85, $"{HitRate(ours):0.000}");
        Assert.InRange(HitRate(roundRobin), 0.15, 0.35);
        Assert.InRange(HitRate(leastRequests), 0.15, 0.40);
        Assert.True(worst <= 0, $"An engine was {worst:0} tokens above 1.25 times the average and a call.");
    }

    [Fact]
    public void Conversations_OneTenantHasHalfOfThem_AreSpreadAndStillCached()
    {
        var (turns, worst) = Run(Ours, seed: 4, hotShare: 0.5);

        Tell("ours", turns);
        Assert.True(HitRate(turns) >= 0.85, $"{HitRate(turns):0.000}");
        Assert.True(worst <= 0, $"An engine was {worst:0} tokens above 1.25 times the average and a call.");
        Assert.All(turns.CountBy(static t => t.Engine), of => Assert.InRange(of.Value, turns.Count / 4 * 0.75, turns.Count / 4 * 1.25));
    }

    [Fact]
    public void Conversations_AnEngineGoesDown_AreCachedAgainATurnLater()
    {
        var at = TimeSpan.FromSeconds(20);
        var (turns, _) = Run(Ours, seed: 5, change: simulation => simulation.Change(static engines => engines.RemoveAt(1), at));

        var after = turns.Where(t => t.At > at).ToList();
        Assert.DoesNotContain(after, static t => t.Engine == "engine-1");
        Assert.InRange(MovedShare(turns, at), 0.15, 0.40);
        Assert.True(HitRate(SecondAfter(turns, at)) >= 0.85, $"{HitRate(SecondAfter(turns, at)):0.000}");
    }

    [Fact]
    public void Conversations_AnEngineJoins_FewMoveAndTheyAreCachedAgainATurnLater()
    {
        var at = TimeSpan.FromSeconds(20);
        var (turns, worst) = Run(Ours, seed: 6, change: simulation => simulation.Change(static engines => engines.Add(PlacementBench.Engine(4, slots: 8)), at));

        // Conversations stay where they are cached, as long as that engine has no more than its share; so its own come to the new one over some turns.
        Assert.Contains(turns, t => t.At > at && t.Engine == "engine-4");
        Assert.InRange(MovedShare(turns, at), 0, 0.35);
        Assert.True(HitRate(SecondAfter(turns, at)) >= 0.8, $"{HitRate(SecondAfter(turns, at)):0.000}");
        Assert.True(worst <= 0, $"An engine was {worst:0} tokens above 1.25 times the average and a call.");
    }

    private static (List<SimulatedTurn> Turns, double Worst) Run(
        Func<PlacementSimulation, GatewayCall, EngineOptions> pick, int seed, double hotShare = 0, Action<PlacementSimulation>? change = null)
    {
        using var simulation = new PlacementSimulation(pick, seed) { HotShare = hotShare };
        change?.Invoke(simulation);
        simulation.Run(Conversations, Turns, Thinking);
        Assert.Equal(Conversations * (Turns - 1), simulation.Turns.Count);
        return (simulation.Turns, simulation.WorstExcess);
    }

    private static EngineOptions Ours(PlacementSimulation simulation, GatewayCall call) => simulation.Bench.Pick(call);

    private static EngineOptions LeastRequests(PlacementSimulation simulation, GatewayCall call) =>
        simulation.Bench.Engines.MinBy(e => simulation.Bench.Loads.Of(e).InFlight + simulation.Bench.Loads.Of(e).Queued)!;

    private static double HitRate(List<SimulatedTurn> turns) => turns.Count(static t => t.IsHit) / (double)turns.Count;

    // Of the conversations that went on, those whose next turn was elsewhere.
    private static double MovedShare(List<SimulatedTurn> turns, TimeSpan at)
    {
        var pairs = turns.GroupBy(static t => t.Conversation)
            .Select(of => (Before: of.LastOrDefault(t => t.At <= at), After: of.FirstOrDefault(t => t.At > at)))
            .Where(static pair => pair is { Before: not null, After: not null })
            .ToList();
        return pairs.Count(static pair => pair.Before!.Engine != pair.After!.Engine) / (double)pairs.Count;
    }

    private static List<SimulatedTurn> SecondAfter(List<SimulatedTurn> turns, TimeSpan at) =>
        [.. turns.GroupBy(static t => t.Conversation).SelectMany(of => of.Where(t => t.At > at).Skip(1).Take(1))];

    private static void Tell(string policy, List<SimulatedTurn> turns) => TestContext.Current.TestOutputHelper!.WriteLine(
        $"{policy}: {HitRate(turns):0.000} of the turns found what was said before cached, {turns.Sum(static t => t.Cached) / (double)turns.Sum(static t => t.Prompt):0.000} of the tokens");
}
