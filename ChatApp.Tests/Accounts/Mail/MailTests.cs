using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts.Mail;

[Trait("Category", "Integration")]
public sealed class MailTests(SmtpFixture identity) : IClassFixture<SmtpFixture>
{
    [Fact]
    public async Task SignUp_NamesFromStrangers_StayOutOfTheMail()
    {
        var email = IdentityFixture.NewEmail();
        await identity.PostAsync("/api/auth/sign-up", new { name = "Eve\r\nBcc: all@example.org", email, password = ApiUser.Password });

        var (from, to, mail) = await identity.Server.NextAsync();

        Assert.Equal(("MAIL FROM:<chat@example.org>", $"RCPT TO:<{email}>"), (from.Split(' ')[0] + " " + from.Split(' ')[1], to));
        Assert.Equal((email, "Confirm your e-mail address"), (mail.To, mail.Subject));
        Assert.Contains("chat@example.org", mail.Headers["from"], StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers["auto-submitted"]);
        Assert.StartsWith("text/plain", mail.Headers["content-type"], StringComparison.Ordinal);
        Assert.DoesNotContain("bcc", mail.Headers.Keys);
        Assert.DoesNotContain("Eve", mail.Body, StringComparison.Ordinal);
        Assert.Equal(204, (await identity.PostAsync("/api/auth/confirm-email", new { token = mail.Token })).Status);
        Assert.Contains(Convert.ToBase64String("p"u8), identity.Server.Heard);
    }

    [Fact]
    public async Task Sending_RefusedForNow_IsTriedAgain()
    {
        var email = IdentityFixture.NewEmail();
        var refused = new TaskCompletionSource();
        identity.Server.OnRecipient = to =>
        {
            if (!to.Contains(email, StringComparison.Ordinal))
            {
                return "250 ok";
            }

            refused.TrySetResult();
            return "451 later";
        };
        await SignUpAsync(email);
        await refused.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var failed = await WaitForAsync(email, "failures = 1 AND ended_at IS NULL AND run_after > now() + interval '30 seconds'");

        identity.Server.OnRecipient = null;
        await identity.Host.SqlAsync($"UPDATE mails SET run_after = now() WHERE email = '{email}'");
        await identity.PostAsync("/api/auth/forgot-password", new { email = "nobody@example.org" });
        var (_, to, _) = await identity.Server.NextAsync();

        Assert.True(failed);
        Assert.Contains(email, to, StringComparison.Ordinal);
        Assert.True(await WaitForAsync(email, "failures = 2 AND ended_at IS NOT NULL"));
    }

    [Fact]
    public async Task Sending_NoSuchMailbox_IsNotTriedAgain()
    {
        var email = IdentityFixture.NewEmail();
        identity.Server.OnRecipient = to => to.Contains(email, StringComparison.Ordinal) ? "550 nobody here" : "250 ok";
        await SignUpAsync(email);

        Assert.True(await WaitForAsync(email, "failures = 1 AND ended_at IS NOT NULL"));
        identity.Server.OnRecipient = null;
    }

    [Fact]
    public async Task Sending_ForADay_IsGivenUp()
    {
        var email = IdentityFixture.NewEmail();
        await identity.Host.SqlAsync(
            $"INSERT INTO mails (id, kind, email, requested_at, failures) VALUES (gen_random_uuid(), 'resetPassword', '{email}', now() - interval '25 hours', 30)");
        await identity.PostAsync("/api/auth/forgot-password", new { email = "nobody@example.org" });

        Assert.True(await WaitForAsync(email, "ended_at IS NOT NULL"));
        Assert.False(identity.Server.HasMail);
    }

    private Task<Answer> SignUpAsync(string email) => identity.PostAsync("/api/auth/sign-up", new { name = "Ada", email, password = ApiUser.Password });

    private async Task<bool> WaitForAsync(string email, string condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await identity.CountAsync($"SELECT count(*) FROM mails WHERE email = '{email}' AND {condition}") == 0)
        {
            await Task.Delay(20, patience.Token);
        }

        return true;
    }
}
