using System.Net.Mail;
using ChatApp.Api.Accounts.Mail;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Accounts.Mail;

public sealed class SmtpSenderTests
{
    private static readonly LetterText Text = new("Subject", "Hello,\n\n.a line that begins with a dot\nGrüße\n");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_TlsWantedOfAServerWithoutIt_SendsNothing()
    {
        await using var server = new PlayedSmtpServer();

        await Assert.ThrowsAsync<SmtpException>(() => Sender(server, tls: true).SendAsync(Guid.NewGuid(), "a@example.org", Text, Cancelled));

        Assert.DoesNotContain(server.Heard, static line => line.StartsWith("MAIL", StringComparison.Ordinal) || line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_ServerThatSaysNothing_CanBeEnded()
    {
        await using var server = new PlayedSmtpServer { IsMute = true };
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sender(server, tls: false).SendAsync(Guid.NewGuid(), "a@example.org", Text, stop.Token).WaitAsync(TimeSpan.FromSeconds(10), Cancelled));
    }

    [Fact]
    public async Task Send_LinesWithDotsAndUmlauts_ArriveAsTheyAre()
    {
        await using var server = new PlayedSmtpServer();

        await Sender(server, tls: false).SendAsync(Guid.NewGuid(), "a@example.org", Text, Cancelled);
        var (_, _, mail) = await server.NextAsync();

        Assert.Equal("quoted-printable", mail.Headers["content-transfer-encoding"]);
        Assert.Contains("Gr=C3=BC=C3=9Fe", mail.Body, StringComparison.Ordinal);
        Assert.Contains(".a line", mail.Body, StringComparison.Ordinal);
    }

    private static SmtpSender Sender(PlayedSmtpServer server, bool tls) =>
        new(Options.Create(new MailOptions { Host = "127.0.0.1", Port = server.Port, Tls = tls, From = "chat@example.org" }));
}
