using Xunit;

namespace ChatApp.Tests.Accounts.Mail;

/// <summary>The folder that a host drops its mails into.</summary>
internal sealed class MailFolder : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(Directory.CreateTempSubdirectory("chatapp-mail-").FullName, "mail");

    /// <summary>Waits for the mail of that subject to an address.</summary>
    public async Task<ReceivedMail> OneAsync(string address, string subject)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        while (true)
        {
            if (To(address).LastOrDefault(mail => mail.Subject == subject) is { } mail)
            {
                return mail;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>The mails to an address that are there, the oldest first.</summary>
    public IReadOnlyList<ReceivedMail> To(string address) => Directory.Exists(Path)
        ? [.. Directory.GetFiles(Path, "*.eml").Order(StringComparer.Ordinal).Select(static file => ReceivedMail.Read(File.ReadAllText(file)))
            .Where(mail => string.Equals(mail.To, address, StringComparison.OrdinalIgnoreCase))]
        : [];

    public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
}
