namespace ChatApp.Api.Memory.Recall;

/// <summary>Chooses what a character is reminded of before it answers.</summary>
internal interface IMemoryRecall
{
    /// <summary>
    /// The memories that are worth their room, best first: found by their words and meaning, weighed by pin, importance and age, without
    /// near copies, within the budget. Never throws for an index or an embedding model that is away: then it finds less, or nothing, and says so.
    /// </summary>
    Task<MemoryRecall> RecallAsync(MemoryScope scope, RecallRequest request, CancellationToken cancellationToken);
}
