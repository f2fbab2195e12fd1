namespace ChatApp.Api.Accounts.Deletion;

/// <summary>Tables in which a deleted account's id stays, each with the reason and until when. In all others a test looks for it.</summary>
internal static class KeptAfterDeletion
{
    public static IReadOnlyDictionary<string, string> Tables { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["audit_log"] = "What was done has to be answered for, and the chain is over it: the id, and where requests came from, until 'Audit:Retention' ends. No name, no e-mail address.",
        ["moderation_policies"] = "Versions of what is allowed are never changed, and each names the administrator who made it, by the id alone.",
        ["revocations"] = "Tokens for it may still be about; the row goes when the last of them has ended.",
        ["memory_index"] = "A rebuild of the index goes on after the scope that it did last; the next one takes its place.",
    };
}
