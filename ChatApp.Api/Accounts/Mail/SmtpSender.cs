using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>Hands mails to an SMTP server (RFC 5321), over STARTTLS (RFC 3207) unless the operator says otherwise.</summary>
internal sealed class SmtpSender(IOptions<MailOptions> options) : IMailSender
{
    // Shorter than the minute after which another process may take the mail.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public async Task SendAsync(Guid id, string email, LetterText text, CancellationToken cancellationToken)
    {
        var server = options.Value;
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Tls };
        if (!string.IsNullOrEmpty(server.User))
        {
            client.Credentials = new NetworkCredential(server.User, server.Password);
        }

        using var message = MailMessages.Of(id, server.Sender, email, text);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Timeout);
        try
        {
            await client.SendMailAsync(message, patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The mail server took too long.", late);
        }
    }
}
