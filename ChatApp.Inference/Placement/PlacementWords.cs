using Yarp.ReverseProxy.LoadBalancing;

namespace ChatApp.Inference.Placement;

/// <summary>The values of <c>Gateway:Placement</c>, and how a call was placed.</summary>
internal static class PlacementWords
{
    /// <summary>By what the engines have cached: <see cref="PrefixPolicy"/>.</summary>
    public const string Prefix = "prefix";

    /// <summary>One after the other.</summary>
    public const string RoundRobin = "round-robin";

    /// <summary>Where the fewest calls are.</summary>
    public const string LeastRequests = "least-requests";

    /// <summary>There was one target.</summary>
    public const string Only = "only";

    /// <summary>Where its prompt was read before.</summary>
    public const string Kept = "kept";

    /// <summary>Where its hash belongs.</summary>
    public const string Hashed = "hashed";

    /// <summary>Elsewhere, since there was too much to do.</summary>
    public const string Spilled = "spilled";

    /// <summary>Where there was least to do.</summary>
    public const string Least = "least";

    /// <summary>YARP's name of the policy.</summary>
    public static string PolicyOf(string placement) => placement switch
    {
        RoundRobin => LoadBalancingPolicies.RoundRobin,
        LeastRequests => LoadBalancingPolicies.LeastRequests,
        _ => Prefix,
    };
}
