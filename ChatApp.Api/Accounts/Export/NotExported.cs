namespace ChatApp.Api.Accounts.Export;

/// <summary>Tables that hold something of people and are not in the export, each with the reason.</summary>
internal static class NotExported
{
    public static IReadOnlyDictionary<string, string> Tables { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["account_deletions"] = "An account that is being deleted cannot sign in to ask for an export.",
        ["link_tokens"] = "Hashes of links that are still to be used: secrets.",
        ["second_factor_tickets"] = "A sign-in that is half done, for some minutes: a secret.",
        ["revocations"] = "Says that an account's older tokens no longer count; nothing of the person.",
        ["moderation_policies"] = "What is allowed on this site, with the id of the administrator who changed it: that they did is in the export's part 'audit'.",
        ["summaries_due"] = "A list of work: which conversation is to be summarised next.",
        ["facts_due"] = "A list of work: from which turn facts are to be drawn.",
        ["memory_removals"] = "For a day, the numbers of memories that are gone; nothing of what they said.",
        ["memory_index_removals"] = "Numbers of memories that the index outside has still to take away.",
        ["memory_claims"] = "Which process works on which memories at the moment.",
        ["memory_index"] = "How far a rebuild of the index has come.",
    };
}
