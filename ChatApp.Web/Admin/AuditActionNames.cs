namespace ChatApp.Web.Admin;

/// <summary>What the form of the audit log suggests to look for. The log may know more.</summary>
internal static class AuditActionNames
{
    public static readonly string[] Usual =
    [
        "account.signed_in", "account.sign_in_failed", "account.signed_up", "account.password_changed", "account.deleted",
        "key.created", "role.changed", "policy.changed", "data.read", "data.exported",
    ];
}
