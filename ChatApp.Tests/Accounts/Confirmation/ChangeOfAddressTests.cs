using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts.Confirmation;

[Trait("Category", "Integration")]
public sealed class ChangeOfAddressTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    private const string Subject = "Confirm your new e-mail address";

    [Fact]
    public async Task Change_NewOneConfirms_TheOldOneIsTold()
    {
        using var user = await identity.ConfirmedAsync();
        var email = IdentityFixture.NewEmail();

        var asked = await IdentityFixture.PostAsync(user.Client, "/api/me/email", new { email, password = ApiUser.Password });
        var before = (string)(await user.GetAsync("/api/me"))["email"]!;
        var mail = await identity.Mails.OneAsync(email, Subject);
        var followed = await identity.PostAsync("/api/auth/confirm-email", new { token = mail.Token });

        Assert.Equal((202, """{"confirmEmail":true}"""), (asked.Status, asked.Text));
        Assert.Equal((user.Email, 204), (before, followed.Status));
        Assert.Equal(email, (string)(await user.GetAsync("/api/me"))["email"]!);
        await identity.Mails.OneAsync(user.Email, "Your e-mail address was changed");
        Assert.Equal((200, 401), ((await identity.SignInAsync(email, ApiUser.Password)).Status, (await identity.SignInAsync(user.Email, ApiUser.Password)).Status));
    }

    [Fact]
    public async Task Change_TakenAddress_AnswersTheSameAndItsOwnerIsTold()
    {
        using var user = await identity.Host.SignUpAsync();
        using var other = await identity.Host.SignUpAsync();

        var asked = await IdentityFixture.PostAsync(user.Client, "/api/me/email", new { email = other.Email, password = ApiUser.Password });
        var mail = await identity.Mails.OneAsync(other.Email, "This address has an account already");

        Assert.Equal((202, """{"confirmEmail":true}"""), (asked.Status, asked.Text));
        Assert.DoesNotContain("token=", mail.Body, StringComparison.Ordinal);
        Assert.Equal(user.Email, (string)(await user.GetAsync("/api/me"))["email"]!);
    }

    [Fact]
    public async Task Change_AddressTakenMeanwhile_IsAConflict()
    {
        using var user = await identity.Host.SignUpAsync();
        var email = IdentityFixture.NewEmail();
        await IdentityFixture.PostAsync(user.Client, "/api/me/email", new { email, password = ApiUser.Password });
        var mail = await identity.Mails.OneAsync(email, Subject);
        await identity.PostAsync("/api/auth/sign-up", new { name = "Eve", email, password = ApiUser.Password });

        var refused = await identity.PostAsync("/api/auth/confirm-email", new { token = mail.Token });

        Assert.Equal((409, "email_taken"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Change_WrongPassword_NamesTheField()
    {
        using var user = await identity.Host.SignUpAsync();

        var refused = await IdentityFixture.PostAsync(user.Client, "/api/me/email", new { email = IdentityFixture.NewEmail(), password = "not the password" });

        Assert.Equal(400, refused.Status);
        Assert.Equal(["password"], refused.Json["errors"]!.AsObject().Select(static e => e.Key));
    }

    [Fact]
    public async Task Change_ResetLinkOfTheOldMailbox_OpensNothing()
    {
        using var user = await identity.Host.SignUpAsync();
        await identity.PostAsync("/api/auth/forgot-password", new { email = user.Email });
        var old = await identity.Mails.OneAsync(user.Email, "Choose a new password");
        var email = IdentityFixture.NewEmail();
        await IdentityFixture.PostAsync(user.Client, "/api/me/email", new { email, password = ApiUser.Password });
        await identity.PostAsync("/api/auth/confirm-email", new { token = (await identity.Mails.OneAsync(email, Subject)).Token });

        var refused = await identity.PostAsync("/api/auth/reset-password", new { token = old.Token, password = "teapot umbrella nine" });

        Assert.Equal("link_not_good", refused.Code);
    }
}
