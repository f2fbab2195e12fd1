namespace ChatApp.Api.Accounts.Sessions;

/// <summary>Why a session ended, as it stands in the table and in the audit log.</summary>
internal static class SessionEnd
{
    public const string SignedOut = "signed_out";
    public const string Revoked = "revoked";
    public const string Reused = "refresh_reused";
    public const string Surplus = "too_many";
    public const string AccountClosed = "account_closed";
    public const string PasswordChanged = "password_changed";
}
