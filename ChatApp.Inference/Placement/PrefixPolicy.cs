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
/// under 1.25 times its share and one call. Loads are this process's own; the hash is the same in all.
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
        double best = 0, tokens = call.ExpectedTokens, slots = 0;
        foreach (var destination in availableDestinations)
        {
            var load = LoadOf(call, destination);
            slots += load.Slots;
            tokens += load.TokensInFlight;
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

        var bound = Factor * tokens / slots;
        var homeLoad = LoadOf(call, home!);
        if (IsUnder(homeLoad, bound) || (isKept && HasRoom(homeLoad)))
        {
            call.Placed = isKept ? PlacementWords.Kept : PlacementWords.Hashed;
            return home;
        }

        call.Placed = PlacementWords.Spilled;
        return OneOfTwo(call, availableDestinations, bound);
    }

    // Before the call is counted: one that is alone larger than the bound must be taken by somebody.
    private static bool IsUnder(EngineLoad load, double bound) => load.TokensInFlight < bound * load.Slots;

    private static bool HasRoom(EngineLoad load) => load.InFlight + load.Queued < Math.Min(load.Slots, Few);

    // Never none: somebody has no more than the average.
    private DestinationState OneOfTwo(GatewayCall call, IReadOnlyList<DestinationState> destinations, double bound)
    {
        var count = 0;
        DestinationState? first = null;
        DestinationState? second = null;
        foreach (var destination in destinations)
        {
            // Each pair is as likely as any other (reservoir sampling of two).
            if (IsUnder(LoadOf(call, destination), bound))
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

        // None only where loads changed while they were read.
        return first is null ? LeastLoaded(call, destinations)
            : second is null || IsLess(LoadOf(call, first), LoadOf(call, second)) ? first : second;
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

    private EngineLoad LoadOf(GatewayCall call, DestinationState destination) => loads.Of(call.Candidates[destination.DestinationId].Engine);
}
