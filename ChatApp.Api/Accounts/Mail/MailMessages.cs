using System.Net.Mail;
using System.Text;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>Makes mails of letters.</summary>
internal static class MailMessages
{
    /// <summary>A plain text mail. Names stay out of its headers: they are what strangers wrote.</summary>
    public static MailMessage Of(Guid id, MailAddress sender, string email, LetterText text)
    {
        var message = new MailMessage(sender, new MailAddress(email))
        {
            Subject = text.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = text.Text.ReplaceLineEndings("\r\n"),
            BodyEncoding = Encoding.UTF8,
            // As it is where it can be, so that links stay whole.
            BodyTransferEncoding = Ascii.IsValid(text.Text) ? System.Net.Mime.TransferEncoding.SevenBit : System.Net.Mime.TransferEncoding.QuotedPrintable,
        };
        // The same at every attempt, so that a server can tell a second copy.
        message.Headers.Add("Message-ID", $"<{id:N}@{sender.Host}>");
        // RFC 3834: nobody's absence is to be told to a machine.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
