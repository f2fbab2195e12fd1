namespace ChatApp.Api.Audit;

/// <summary>The names under which the log is searched. A name that was ever written is not given another meaning.</summary>
internal static class AuditActions
{
    public const string SignedUp = "account.signed_up";
    public const string SignedIn = "account.signed_in";
    public const string SignInFailed = "account.sign_in_failed";

    public const string PolicyChanged = "policy.changed";
    public const string PolicyRemoved = "policy.removed";
    public const string ModerationApproved = "moderation.approved";
    public const string ModerationUpheld = "moderation.upheld";
    public const string ModerationBanned = "moderation.banned";
    public const string ModerationAppealed = "moderation.appealed";
    public const string SignedOut = "account.signed_out";
    public const string SignedOutEverywhere = "account.signed_out_everywhere";
    public const string Banned = "account.banned";
    public const string Unbanned = "account.unbanned";
    public const string SecondFactorRemoved = "account.second_factor_removed";
    public const string RoleChanged = "role.changed";

    public const string DeletionRequested = "account.deletion_requested";
    public const string Deleted = "account.deleted";

    public const string DataExported = "data.exported";
    public const string DataRead = "data.read";

    public const string AuditVerified = "audit.verified";
    public const string AuditPruned = "audit.pruned";

    /// <summary>Whether many of these at once are written as one entry that says how many they were: nobody should be able to make the log slow, or unreadable.</summary>
    public static bool IsGathered(string action) => action is SignInFailed;
}
