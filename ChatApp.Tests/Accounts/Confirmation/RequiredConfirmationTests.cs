using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts.Confirmation;

[Trait("Category", "Integration")]
public sealed class RequiredConfirmationTests(ConfirmingFixture identity) : IClassFixture<ConfirmingFixture>
{
    private const string Subject = "Confirm your e-mail address";

    [Fact]
    public async Task SignUp_New_IsLetInAfterTheMailsLink()
    {
        var email = IdentityFixture.NewEmail();

        var signedUp = await SignUpAsync(email);
        var early = await identity.SignInAsync(email, ApiUser.Password);
        var wrong = await identity.SignInAsync(email, "not the password");
        var mail = await identity.Mails.OneAsync(email, Subject);
        var confirmed = await identity.PostAsync("/api/auth/confirm-email", new { token = mail.Token });
        var again = await identity.PostAsync("/api/auth/confirm-email", new { token = mail.Token });

        Assert.Equal((202, """{"confirmEmail":true}"""), (signedUp.Status, signedUp.Text));
        Assert.Equal((403, "email_not_confirmed", 401), (early.Status, early.Code, wrong.Status));
        Assert.Equal((204, 400), (confirmed.Status, again.Status));
        var signedIn = await identity.SignInAsync(email, ApiUser.Password);
        Assert.Equal(200, signedIn.Status);
        Assert.True((bool)signedIn.Json["user"]!["emailConfirmed"]!);
    }

    [Fact]
    public async Task SignUp_TakenAddress_AnswersTheSameAndOneMailGoesOut()
    {
        var (taken, free) = (IdentityFixture.NewEmail(), IdentityFixture.NewEmail());
        await SignUpAsync(taken);
        await identity.Mails.OneAsync(taken, Subject);

        var answers = new[] { await SignUpAsync(taken, "Eve"), await SignUpAsync(free, "Eve") };
        await identity.SettleAsync();

        Assert.Equal((answers[0].Status, answers[0].Text), (answers[1].Status, answers[1].Text));
        Assert.Equal([Subject, "You have an account already"], identity.Mails.To(taken).Select(static mail => mail.Subject));
        Assert.Equal([Subject], identity.Mails.To(free).Select(static mail => mail.Subject));
        Assert.All(identity.Mails.To(taken).Concat(identity.Mails.To(free)), static mail => Assert.DoesNotContain("Eve", mail.Body, StringComparison.Ordinal));
        Assert.Equal(401, (await identity.SignInAsync(taken, "teapot umbrella nine")).Status);
    }

    [Fact]
    public async Task SignUp_SomebodyElsesAddressFirst_TheOwnerGetsItByTheSecondMail()
    {
        var email = IdentityFixture.NewEmail();
        await SignUpAsync(email, "Eve", "squatter of addresses");
        await SignUpAsync(email);
        var mail = await identity.Mails.OneAsync(email, "You have an account already");

        var reset = await identity.PostAsync("/api/auth/reset-password", new { token = mail.Token, password = ApiUser.Password });

        Assert.Equal(204, reset.Status);
        Assert.Equal((401, 200), ((await identity.SignInAsync(email, "squatter of addresses")).Status, (await identity.SignInAsync(email, ApiUser.Password)).Status));
    }

    [Theory]
    [InlineData("/api/auth/forgot-password")]
    [InlineData("/api/auth/resend-confirmation")]
    public async Task Asking_UnknownOrKnown_AnswersTheSame(string path)
    {
        var (known, unknown) = (IdentityFixture.NewEmail(), IdentityFixture.NewEmail());
        await SignUpAsync(known);
        await identity.Mails.OneAsync(known, Subject);

        var answers = new[] { await identity.PostAsync(path, new { email = known }), await identity.PostAsync(path, new { email = unknown }) };
        await identity.SettleAsync();

        Assert.Equal(202, answers[0].Status);
        Assert.Equal((answers[0].Status, answers[0].Text), (answers[1].Status, answers[1].Text));
        Assert.Equal((2, 0), (identity.Mails.To(known).Count, identity.Mails.To(unknown).Count));
    }

    [Fact]
    public async Task Resend_ConfirmedAlready_SendsNothing()
    {
        var email = IdentityFixture.NewEmail();
        await SignUpAsync(email);
        await identity.PostAsync("/api/auth/confirm-email", new { token = (await identity.Mails.OneAsync(email, Subject)).Token });

        var answer = await identity.PostAsync("/api/auth/resend-confirmation", new { email });
        await identity.SettleAsync();

        Assert.Equal(202, answer.Status);
        Assert.Single(identity.Mails.To(email));
    }

    [Fact]
    public async Task Asking_WithoutEnd_FillsNobodysMailbox()
    {
        var email = IdentityFixture.NewEmail();
        await SignUpAsync(email);

        for (var i = 0; i < 12; i++)
        {
            // After the fifth it is told to wait, whether there is such an account or not.
            Assert.Equal(i < 5 ? 202 : 429, (await identity.PostAsync("/api/auth/forgot-password", new { email })).Status);
        }

        await identity.SettleAsync();
        Assert.Equal(5, identity.Mails.To(email).Count(static mail => mail.Subject == "Choose a new password"));
    }

    [Theory]
    [InlineData("a b@example.org")]
    [InlineData("a@b@example.org")]
    [InlineData("a,b@example.org")]
    [InlineData("\"a b\"@example.org")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("a@example.org\nBcc: b@example.org")]
    [InlineData("a\u2028b@example.org")]
    [InlineData("<a@example.org>")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@127.0.0.1")]
    public async Task SignUp_OddAddress_IsRefused(string email)
    {
        var refused = await SignUpAsync(email);

        Assert.Equal(400, refused.Status);
        Assert.Equal(["email"], refused.Json["errors"]!.AsObject().Select(static e => e.Key));
    }

    private Task<Answer> SignUpAsync(string email, string name = "Ada", string password = ApiUser.Password) =>
        identity.PostAsync("/api/auth/sign-up", new { name, email, password });
}
