namespace ChatApp.Inference.Placement;

/// <summary>
/// Consistent hashing without a ring: a key belongs to whoever has the highest score for it (Thaler, Ravishankar: "Using Name-Based Mappings to
/// Increase Hit Rates", 1998), here weighted (Schindelhauer, Schomaker: "Weighted Distributed Hash Tables", 2005). Shares are exactly by weight,
/// whoever joins takes only its own share, who leaves gives only its own, and any choice of engines, such as one step of a model's chain, needs
/// no table of its own. With at most 64 engines the scores cost less than a search.
/// </summary>
internal static class RendezvousHash
{
    /// <summary>How much the key belongs to the one of that seed; above 0.</summary>
    public static double Score(UInt128 key, ulong seed, int weight)
    {
        // To (0, 1), never at an end.
        var uniform = ((Mix((ulong)key ^ seed) >> 11) + 0.5) * (1.0 / (1UL << 53));
        return weight / -Math.Log(uniform);
    }

    // The finalizer of MurmurHash3 (Appleby): every bit of the input changes half of the output's.
    private static ulong Mix(ulong value)
    {
        value ^= value >> 33;
        value *= 0xFF51AFD7ED558CCD;
        value ^= value >> 33;
        value *= 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }
}
