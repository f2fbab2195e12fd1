using System.Net.Mail;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>Which addresses accounts may have: one plain mailbox, and nothing that could become more than that in a header.</summary>
internal static class EmailAddressCheck
{
    public const string Complaint = "This is not an e-mail address.";

    private const int MaxLength = 254;
    private const int MaxLocalPart = 64;

    public static bool IsUsable(string email)
    {
        var at = email.LastIndexOf('@');
        return email.Length <= MaxLength
            && at is > 0 and <= MaxLocalPart
            && !email.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || "\"(),:;<>[\\]".Contains(c, StringComparison.Ordinal))
            && email.IndexOf('@', StringComparison.Ordinal) == at
            && Uri.CheckHostName(email[(at + 1)..]) == UriHostNameType.Dns
            && MailAddress.TryCreate(email, out var read)
            && string.Equals(read.Address, email, StringComparison.OrdinalIgnoreCase);
    }
}
