namespace ChatApp.Api.Memory.Recall;

/// <summary>What was recalled, and why that much.</summary>
/// <param name="Memories">Best first.</param>
/// <param name="Reason">Why there are some or none: one of <see cref="RecallReasons"/>.</param>
internal sealed record MemoryRecall(IReadOnlyList<RecalledMemory> Memories, string Reason)
{
    public static MemoryRecall Nothing(string reason) => new([], reason);
}
