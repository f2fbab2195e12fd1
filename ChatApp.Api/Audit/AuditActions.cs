namespace ChatApp.Api.Audit;

/// <summary>The names under which the log is searched. A name that was ever written is not given another meaning.</summary>
internal static class AuditActions
{
    public const string SignedUp = "account.signed_up";
    public const string SignedIn = "account.signed_in";
    public const string SignInFailed = "account.sign_in_failed";
    public const string LockedOut = "account.locked_out";
    public const string LimitsChanged = "limits.changed";
    public const string LimitsRemoved = "limits.removed";
}
