using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts.Passwords;

[Trait("Category", "Integration")]
public sealed class PasswordTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    private const string Other = "teapot umbrella nine";

    [Fact]
    public async Task Change_RightPassword_EndsOtherSessionsOnly()
    {
        using var user = await identity.Host.SignUpAsync();
        using var elsewhere = identity.ClientOf((await identity.SignInAsync(user.Email, ApiUser.Password)).Json);

        var changed = await IdentityFixture.PostAsync(user.Client, "/api/me/password", new { currentPassword = ApiUser.Password, newPassword = Other });

        Assert.Equal(204, changed.Status);
        Assert.Equal((200, 401), (await StatusAsync(user.Client), await StatusAsync(elsewhere)));
        Assert.Equal((401, 200), ((await identity.SignInAsync(user.Email, ApiUser.Password)).Status, (await identity.SignInAsync(user.Email, Other)).Status));
        Assert.Equal(1, await identity.CountAsync($"SELECT count(*) FROM audit_log WHERE action = 'account.password_changed' AND actor_id = '{user.Id}'"));
        await identity.Mails.OneAsync(user.Email, "Your password was changed");
    }

    [Theory]
    [InlineData("not the password", Other, "currentPassword")]
    [InlineData(ApiUser.Password, "Password123", "newPassword")]
    [InlineData(ApiUser.Password, "short", "newPassword")]
    public async Task Change_BadField_NamesItAndChangesNothing(string current, string wanted, string field)
    {
        using var user = await identity.Host.SignUpAsync();

        var refused = await IdentityFixture.PostAsync(user.Client, "/api/me/password", new { currentPassword = current, newPassword = wanted });

        Assert.Equal(400, refused.Status);
        Assert.Equal([field], refused.Json["errors"]!.AsObject().Select(static e => e.Key));
        Assert.Equal(200, (await identity.SignInAsync(user.Email, ApiUser.Password)).Status);
    }

    [Fact]
    public async Task Reset_LinkOfTheMail_EndsEverySessionAndConfirmsTheAddress()
    {
        using var user = await identity.Host.SignUpAsync();

        Assert.Equal(202, (await identity.PostAsync("/api/auth/forgot-password", new { email = user.Email.ToUpperInvariant() })).Status);
        var mail = await identity.Mails.OneAsync(user.Email, "Choose a new password");
        var weak = await identity.PostAsync("/api/auth/reset-password", new { token = mail.Token, password = user.Email });
        var reset = await identity.PostAsync("/api/auth/reset-password", new { token = mail.Token, password = Other });
        var again = await identity.PostAsync("/api/auth/reset-password", new { token = mail.Token, password = Other });

        Assert.Equal(["password"], weak.Json["errors"]!.AsObject().Select(static e => e.Key));
        Assert.Equal((204, 400, "link_not_good"), (reset.Status, again.Status, again.Code));
        Assert.Equal(401, await StatusAsync(user.Client));
        var signedIn = await identity.SignInAsync(user.Email, Other);
        Assert.True((bool)signedIn.Json["user"]!["emailConfirmed"]!);
        Assert.Equal(1, await identity.CountAsync($"SELECT count(*) FROM audit_log WHERE action = 'account.password_reset' AND actor_id = '{user.Id}'"));
    }

    [Fact]
    public async Task Reset_TooLate_IsRefused()
    {
        using var user = await identity.Host.SignUpAsync();
        await identity.PostAsync("/api/auth/forgot-password", new { email = user.Email });
        var mail = await identity.Mails.OneAsync(user.Email, "Choose a new password");
        var left = await identity.Host.SqlAsync($"SELECT expires_at - now() FROM link_tokens WHERE user_id = '{user.Id}' AND purpose = 'resetPassword'");
        await identity.Host.SqlAsync($"UPDATE link_tokens SET expires_at = now() - interval '1 second' WHERE user_id = '{user.Id}'");

        var refused = await identity.PostAsync("/api/auth/reset-password", new { token = mail.Token, password = Other });

        Assert.InRange((TimeSpan)left!, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));
        Assert.Equal((400, "link_not_good"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Reset_OneLinkUsed_TheOthersAreWorthless()
    {
        using var user = await identity.Host.SignUpAsync();
        await identity.PostAsync("/api/auth/forgot-password", new { email = user.Email });
        await identity.Mails.OneAsync(user.Email, "Choose a new password");
        await identity.PostAsync("/api/auth/forgot-password", new { email = user.Email });
        await identity.SettleAsync();
        var tokens = identity.Mails.To(user.Email).Where(static mail => mail.Subject == "Choose a new password").Select(static mail => mail.Token).ToList();

        Assert.Equal(2, tokens.Distinct().Count());
        Assert.Equal(204, (await identity.PostAsync("/api/auth/reset-password", new { token = tokens[0], password = Other })).Status);
        Assert.Equal("link_not_good", (await identity.PostAsync("/api/auth/reset-password", new { token = tokens[1], password = Other })).Code);
    }

    [Fact]
    public async Task Reset_LinkOfAnotherKind_IsRefused()
    {
        using var user = await identity.Host.SignUpAsync();
        var mail = await identity.Mails.OneAsync(user.Email, "Confirm your e-mail address");

        var refused = await identity.PostAsync("/api/auth/reset-password", new { token = mail.Token, password = Other });

        Assert.Equal("link_not_good", refused.Code);
        Assert.Equal(204, (await identity.PostAsync("/api/auth/confirm-email", new { token = mail.Token })).Status);
    }

    [Fact]
    public async Task Tokens_Stored_AreHashesOnly()
    {
        using var user = await identity.Host.SignUpAsync();
        await identity.PostAsync("/api/auth/forgot-password", new { email = user.Email });
        var mail = await identity.Mails.OneAsync(user.Email, "Choose a new password");

        Assert.Equal(43, mail.Token.Length);
        Assert.Equal(1, await identity.CountAsync($"SELECT count(*) FROM link_tokens WHERE hash = sha256(convert_to('{mail.Token}', 'UTF8'))"));
        Assert.Equal(0, await identity.CountAsync($"SELECT (SELECT count(*) FROM link_tokens t WHERE t::text LIKE '%{mail.Token}%') + (SELECT count(*) FROM mails m WHERE m::text LIKE '%{mail.Token}%')"));
    }

    [Fact]
    public async Task Iterations_Raised_HashIsMadeAgainAtTheNextSignIn()
    {
        using var user = await identity.Host.SignUpAsync();
        var old = new Microsoft.AspNetCore.Identity.PasswordHasher<object>(
            Microsoft.Extensions.Options.Options.Create(new Microsoft.AspNetCore.Identity.PasswordHasherOptions { IterationCount = 10 })).HashPassword(user, ApiUser.Password);
        await identity.Host.SqlAsync($"UPDATE users SET password_hash = '{old}' WHERE id = '{user.Id}'");

        Assert.Equal(200, (await identity.SignInAsync(user.Email, ApiUser.Password)).Status);

        Assert.NotEqual(old, await identity.Host.SqlAsync($"SELECT password_hash FROM users WHERE id = '{user.Id}'"));
        Assert.Equal(200, (await identity.SignInAsync(user.Email, ApiUser.Password)).Status);
    }

    private static async Task<int> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/api/me", TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
