namespace ChatApp.Api.Accounts.Access;

/// <summary>Something that no longer counts as soon as the transaction is committed that it was written in.</summary>
internal sealed class PendingCutoff(AccessCutoffs cutoffs, IReadOnlyList<Revocation> revocations)
{
    /// <summary>How many sessions, keys or accounts it is about.</summary>
    public int Count => revocations.Count;

    /// <summary>
    /// Makes it so here and now, and tells the other processes. To be called after the commit; where that is forgotten, all processes,
    /// this one too, see it within two seconds.
    /// </summary>
    public void TakeEffect() => cutoffs.TakeEffect(revocations);
}
