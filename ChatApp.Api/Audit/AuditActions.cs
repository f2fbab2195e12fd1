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
}
