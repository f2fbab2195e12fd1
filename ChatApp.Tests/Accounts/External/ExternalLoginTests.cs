using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts.External;

[Trait("Category", "Integration")]
public sealed class ExternalLoginTests(ProviderFixture identity) : IClassFixture<ProviderFixture>
{
    [Fact]
    public async Task Link_SignedIn_SignsInAndCanBeRemoved()
    {
        using var user = await identity.Host.SignUpAsync();
        var person = ProviderFixture.Person(IdentityFixture.NewEmail());

        var linked = await identity.LinkAsync(user.Client, "plain", person);
        var login = (await user.GetAsync("/api/me/external-logins"))["items"]!.AsArray().Single()!;
        var signedIn = await identity.SignInElsewhereAsync("plain", person);
        var removed = await IdentityFixture.SendAsync(user.Client, HttpMethod.Delete, "/api/me/external-logins/plain");
        var again = await IdentityFixture.SendAsync(user.Client, HttpMethod.Delete, "/api/me/external-logins/plain");

        Assert.Equal((204, 200, 204, 404), (linked.Status, signedIn.Status, removed.Status, again.Status));
        Assert.Equal(("plain", "plain", (string)person["email"]!), ((string)login["provider"]!, (string)login["displayName"]!, (string)login["email"]!));
        Assert.Equal(user.Id, (Guid)signedIn.Json["user"]!["id"]!);
        await identity.Mails.OneAsync(user.Email, "There is another way to sign in");
    }

    [Fact]
    public async Task Link_TakenOrSecond_IsAConflict()
    {
        using var user = await identity.Host.SignUpAsync();
        using var other = await identity.Host.SignUpAsync();
        var person = ProviderFixture.Person(IdentityFixture.NewEmail());
        await identity.LinkAsync(user.Client, "open", person);

        var same = await identity.LinkAsync(user.Client, "open", person);
        var taken = await identity.LinkAsync(other.Client, "open", person);
        var second = await identity.LinkAsync(user.Client, "open", ProviderFixture.Person(IdentityFixture.NewEmail()));

        Assert.Equal((204, 409, "linked_elsewhere", 409, "linked_already"), (same.Status, taken.Status, taken.Code, second.Status, second.Code));
    }

    [Fact]
    public async Task Link_BegunBySomebodyElse_IsRefused()
    {
        using var user = await identity.Host.SignUpAsync();
        using var thief = await identity.Host.SignUpAsync();
        var started = await IdentityFixture.PostAsync(thief.Client, "/api/me/external-logins/open", new { redirectUri = ProviderFixture.RedirectUri("open") });
        var (code, state) = identity.Provider.Approve((string)started.Json["authorizeUrl"]!, ProviderFixture.Person(IdentityFixture.NewEmail()));

        var refused = await IdentityFixture.PostAsync(user.Client, "/api/me/external-logins/open/callback", new { state, code, redirectUri = ProviderFixture.RedirectUri("open") });

        Assert.Equal((400, "state_not_good"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Remove_LastWayIn_StaysUntilThereIsAPassword()
    {
        var signedIn = await identity.SignInElsewhereAsync("open", ProviderFixture.Person(IdentityFixture.NewEmail()));
        using var client = identity.ClientOf(signedIn.Json);
        var (id, email) = ((Guid)signedIn.Json["user"]!["id"]!, (string)signedIn.Json["user"]!["email"]!);

        var refused = await IdentityFixture.SendAsync(client, HttpMethod.Delete, "/api/me/external-logins/open");
        await identity.Host.SqlAsync($"UPDATE sessions SET created_at = created_at - interval '11 minutes' WHERE user_id = '{id}'");
        var late = await IdentityFixture.PostAsync(client, "/api/me/password", new { newPassword = ApiUser.Password });
        await identity.Host.SqlAsync($"UPDATE sessions SET created_at = created_at + interval '11 minutes' WHERE user_id = '{id}'");
        var set = await IdentityFixture.PostAsync(client, "/api/me/password", new { newPassword = ApiUser.Password });
        var removed = await IdentityFixture.SendAsync(client, HttpMethod.Delete, "/api/me/external-logins/open");

        Assert.Equal((409, "last_way_in", 403, "sign_in_again", 204, 204), (refused.Status, refused.Code, late.Status, late.Code, set.Status, removed.Status));
        Assert.Equal(200, (await identity.SignInAsync(email, ApiUser.Password)).Status);
    }

    [Fact]
    public async Task Reset_FirstProofOfTheAddress_RemovesWhatWasLinkedBefore()
    {
        // Somebody signs up with another's address, and links an account of their own to come back by.
        using var squatter = await identity.Host.SignUpAsync();
        var person = ProviderFixture.Person(IdentityFixture.NewEmail());
        await identity.LinkAsync(squatter.Client, "open", person);
        await identity.PostAsync("/api/auth/forgot-password", new { email = squatter.Email });
        var mail = await identity.Mails.OneAsync(squatter.Email, "Choose a new password");

        await identity.PostAsync("/api/auth/reset-password", new { token = mail.Token, password = "teapot umbrella nine" });
        var back = await identity.SignInElsewhereAsync("open", person);

        Assert.NotEqual(squatter.Id, (Guid)back.Json["user"]!["id"]!);
    }
}
