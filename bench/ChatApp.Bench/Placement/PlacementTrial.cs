namespace ChatApp.Bench.Placement;

/// <summary>One policy, once: the conversations, how long they took together, and what each engine did of it.</summary>
/// <param name="Talks">The conversations.</param>
/// <param name="Elapsed">From the first turn to the end of the last.</param>
/// <param name="Answered">Tokens that each engine wrote.</param>
internal sealed record PlacementTrial(IReadOnlyList<PlacementTalk> Talks, TimeSpan Elapsed, IReadOnlyList<double> Answered)
{
    /// <summary>The most that one engine did, where 1 is the average.</summary>
    public double Spread => Answered.Max() / Answered.Average();
}
