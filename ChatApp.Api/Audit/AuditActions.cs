namespace ChatApp.Api.Audit;

/// <summary>The names under which the log is searched. A name that was ever written is not given another meaning.</summary>
internal static class AuditActions
{
    public const string SignedUp = "account.signed_up";
    public const string SignedIn = "account.signed_in";
    public const string SignInFailed = "account.sign_in_failed";
    public const string SignUpRefused = "account.sign_up_refused";
    public const string PasswordChanged = "account.password_changed";
    public const string PasswordReset = "account.password_reset";
    public const string EmailConfirmed = "account.email_confirmed";
    public const string EmailChangeAsked = "account.email_change_asked";
    public const string EmailChanged = "account.email_changed";
    public const string NameChanged = "account.name_changed";
    public const string SecondFactorOn = "account.second_factor_on";
    public const string SecondFactorOff = "account.second_factor_off";
    public const string SecondFactorFailed = "account.second_factor_failed";
    public const string RecoveryCodesMade = "account.recovery_codes_made";
    public const string ExternalLoginAdded = "account.external_login_added";
    public const string ExternalLoginRemoved = "account.external_login_removed";

    public const string PolicyChanged = "policy.changed";
    public const string PolicyRemoved = "policy.removed";
    public const string ModerationApproved = "moderation.approved";
    public const string ModerationUpheld = "moderation.upheld";
    public const string ModerationBanned = "moderation.banned";
    public const string ModerationAppealed = "moderation.appealed";
    public const string SignedOut = "account.signed_out";
    public const string SessionEnded = "session.ended";
    public const string RefreshReused = "session.refresh_reused";
    public const string KeyCreated = "key.created";
    public const string KeyRotated = "key.rotated";
    public const string KeyDeleted = "key.deleted";
    public const string KeyUsed = "key.used";
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
    public const string LockedOut = "account.locked_out";
    public const string LimitsChanged = "limits.changed";
    public const string LimitsRemoved = "limits.removed";
}
