using System.Globalization;
using ChatApp.Tests.Stack;

namespace ChatApp.Tests.Accounts.Mail;

/// <summary>A site that sends its mails by SMTP.</summary>
public sealed class SmtpFixture(StackFixture stack) : IdentityFixture(stack)
{
    internal PlayedSmtpServer Server { get; } = new();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Key, string Value)> Settings() =>
    [
        ("Mail:Directory", ""), ("Mail:Host", "127.0.0.1"), ("Mail:Port", Server.Port.ToString(CultureInfo.InvariantCulture)), ("Mail:Tls", "false"),
        ("Mail:From", "ChatApp <chat@example.org>"), ("Mail:User", "chat"), ("Mail:Password", "p"),
    ];
}
