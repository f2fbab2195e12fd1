using System.Runtime.InteropServices;
using ChatApp.Inference.Calls;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace ChatApp.Inference.Placement;

/// <summary>
/// Sends a call where its prompt's beginning is cached: where the conversation was answered last, else where its hash belongs, unless that
/// engine has too much to do. Then it goes to the less loaded of two of the others, chosen by chance.
/// </summary>
/// <remarks>
/// Consistent hashing with bounded loads (Mirrokni, Thorup, Zadimoghaddam: "Consistent Hashing with Bounded Loads", 2017): no engine gets a
/// call while it has more than 1.25 times its share, by slots, of all tokens in flight, those that wait included. So an engine's load stays
/// under 1.25 times its share and one call. The same holds of the conversations that it caches, for new ones: a cache with more than its share
/// forgets what others would have had room for. Loads are this process's own; the hash is the same in all.
/// </remarks>
internal sealed class PrefixPolicy(EngineLoads loads, KeptPlacements kept, Random random) : ILoadBalancingPolicy
{
    private const double Factor = 1.25;

    // So few calls are no imbalance that would be worth reading a prompt again.
    private const int Few = 4;

    public string Name => PlacementWords.Prefix;

    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        var call = GatewayCall.Of(context);
        if (call.Kind == CallKind.Embedding)
        {
            call.Placed = PlacementWords.Least;
            return LeastLoaded(call, availableDestinations);
        }

        var key = call.PlacementKey ??= PlacementKey.Of(call);
        var last = kept.Find(key);
        var isKept = false;
        DestinationState? home = null;
        double best = 0, tokens = call.ExpectedTokens, conversations = 1, slots = 0;
        foreach (var destination in availableDestinations)
        {
            var load = LoadOf(call, destination);
            slots += load.Slots;
            tokens += load.TokensInFlight;
            conversations += load.Conversations;
            if (load == last)
            {
                home = destination;
                isKept = true;
            }

            if (!isKept && RendezvousHash.Score(key, load.Seed, load.Slots) is var score && score > best)
            {
                home = destination;
                best = score;
            }
        }

        // What is kept has its place among the conversations already.
        var bound = new Bound(Factor * tokens / slots, isKept ? double.PositiveInfinity : Factor * conversations / slots);
        var homeLoad = LoadOf(call, home!);
        if (bound.IsAbove(homeLoad) || (isKept && HasRoom(homeLoad)))
        {
            call.Placed = isKept ? PlacementWords.Kept : PlacementWords.Hashed;
            return home;
        }

        call.Placed = PlacementWords.Spilled;
        return OneOfTwo(call, availableDestinations, bound)
            ?? OneOfTwo(call, availableDestinations, bound with { Conversations = double.PositiveInfinity })
            ?? LeastLoaded(call, availableDestinations);
    }

    private static bool HasRoom(EngineLoad load) => load.InFlight + load.Queued < Math.Min(load.Slots, Few);

    // Null when none is under the bound. Of tokens alone somebody always is, unless loads changed while they were read.
    private DestinationState? OneOfTwo(GatewayCall call, IReadOnlyList<DestinationState> destinations, Bound bound)
    {
        var count = 0;
        DestinationState? first = null;
        DestinationState? second = null;
        foreach (var destination in destinations)
        {
            // Each pair is as likely as any other (reservoir sampling of two).
            if (bound.IsAbove(LoadOf(call, destination)))
            {
                count++;
                if (count <= 2)
                {
                    (first, second) = (destination, first);
                }
                else if (random.Next(count) is var place and < 2)
                {
                    (first, second) = place == 0 ? (destination, second) : (first, destination);
                }
            }
        }

        return first is null || second is null || IsLess(LoadOf(call, first), LoadOf(call, second)) ? first : second;
    }

    private DestinationState LeastLoaded(GatewayCall call, IReadOnlyList<DestinationState> destinations)
    {
        // From another one each time, so that equals share.
        var start = random.Next(destinations.Count);
        var least = destinations[start];
        for (var i = 1; i < destinations.Count; i++)
        {
            var other = destinations[(start + i) % destinations.Count];
            if (IsLess(LoadOf(call, other), LoadOf(call, least)))
            {
                least = other;
            }
        }

        return least;
    }

    // By slot, without dividing.
    private static bool IsLess(EngineLoad one, EngineLoad other) => one.TokensInFlight * other.Slots < other.TokensInFlight * one.Slots;

    /// <summary>What an engine may have for each slot before it is given more.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Bound(double Tokens, double Conversations)
    {
        // Before the call is counted: one that is alone larger than the bound must be taken by somebody.
        public bool IsAbove(EngineLoad load) => load.TokensInFlight < Tokens * load.Slots && load.Conversations < Conversations * load.Slots;
    }

    private EngineLoad LoadOf(GatewayCall call, DestinationState destination) => loads.Of(call.Candidates[destination.DestinationId].Engine);
}
