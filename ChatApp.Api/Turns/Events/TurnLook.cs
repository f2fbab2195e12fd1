namespace ChatApp.Api.Turns.Events;

/// <summary>What a look found of a followed turn, for all its readers in this process.</summary>
/// <param name="Stored">The turn as Postgres has it; null when it was deleted.</param>
/// <param name="Logged">What the log has beyond that; null when it cannot say, or the turn has ended.</param>
internal sealed record TurnLook(TurnRow? Stored, List<TurnEvent>? Logged)
{
    /// <summary>Whether there is nothing to find any more.</summary>
    public bool IsFinal => Stored is null or { HasEnded: true };

    /// <summary>The number of the newest event that this tells of.</summary>
    public long Newest => Logged is [.., var last] ? last.Seq : Stored?.EventSeq ?? 0;
}
