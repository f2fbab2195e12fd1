namespace ChatApp.Api.Audit;

/// <summary>The names under which the log is searched. A name that was ever written is not given another meaning.</summary>
internal static class AuditActions
{
    public const string SignedUp = "account.signed_up";
    public const string SignedIn = "account.signed_in";
    public const string SignInFailed = "account.sign_in_failed";
    public const string SignedOut = "account.signed_out";
    public const string SessionEnded = "session.ended";
    public const string RefreshReused = "session.refresh_reused";
    public const string KeyCreated = "key.created";
    public const string KeyRotated = "key.rotated";
    public const string KeyDeleted = "key.deleted";
    public const string KeyUsed = "key.used";
    public const string LockedOut = "account.locked_out";
    public const string LimitsChanged = "limits.changed";
    public const string LimitsRemoved = "limits.removed";
}
