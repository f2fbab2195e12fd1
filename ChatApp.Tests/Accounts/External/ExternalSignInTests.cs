using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Accounts.External;

[Trait("Category", "Integration")]
public sealed class ExternalSignInTests(ProviderFixture identity) : IClassFixture<ProviderFixture>
{
    [Fact]
    public async Task Providers_Configured_AreListedWithoutTheirSecrets()
    {
        using var client = identity.NewClient();

        var answer = await IdentityFixture.SendAsync(client, HttpMethod.Get, "/api/auth/providers");

        Assert.Equal("""{"items":[{"name":"open","displayName":"Open"},{"name":"plain","displayName":"plain"}]}""", answer.Text);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("plain")]
    public async Task SignIn_NewPerson_MakesAnAccountThatIsFoundAgain(string provider)
    {
        var person = ProviderFixture.Person(IdentityFixture.NewEmail());

        var first = await identity.SignInElsewhereAsync(provider, person);
        person["email"] = IdentityFixture.NewEmail();
        var second = await identity.SignInElsewhereAsync(provider, person);

        Assert.Equal((200, 200), (first.Status, second.Status));
        var user = first.Json["user"]!;
        Assert.Equal(((string)user["id"]!, "Ada L."), ((string)second.Json["user"]!["id"]!, (string)user["name"]!));
        Assert.Equal((true, false), ((bool)user["emailConfirmed"]!, (bool)user["hasPassword"]!));
        Assert.Equal(provider == "open", identity.Provider.LastAuthorization is not null);
        Assert.Equal(2, await identity.CountAsync($"SELECT count(*) FROM audit_log WHERE action = 'account.signed_in' AND actor_id = '{user["id"]}' AND detail LIKE '%{provider}%'"));
    }

    [Fact]
    public async Task SignIn_TokenWithTheSubjectAlone_AsksForTheRest()
    {
        var email = IdentityFixture.NewEmail();
        identity.Provider.Forge = static (claims, key) =>
        {
            claims.Remove("email");
            return (claims, key.Sign(claims));
        };

        var answer = await identity.SignInElsewhereAsync("open", ProviderFixture.Person(email));
        identity.Provider.Forge = null;

        Assert.Equal((200, email), (answer.Status, (string?)answer.Json["user"]?["email"]));
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("no nonce")]
    [InlineData("aud")]
    [InlineData("two aud")]
    [InlineData("azp")]
    [InlineData("iss")]
    [InlineData("exp")]
    [InlineData("no exp")]
    [InlineData("no sub")]
    [InlineData("signature")]
    [InlineData("unknown key")]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("no token")]
    public async Task SignIn_BadIdToken_ProvesNothing(string what)
    {
        var email = IdentityFixture.NewEmail();
        using var otherKey = System.Security.Cryptography.RSA.Create(2048);
        identity.Provider.Forge = (claims, key) =>
        {
            Action spoil = what switch
            {
                "nonce" => () => claims["nonce"] = "another",
                "no nonce" => () => claims.Remove("nonce"),
                "aud" => () => claims["aud"] = "another-client",
                "two aud" => () => claims["aud"] = new JsonArray(PlayedProvider.ClientId, "another-client"),
                "azp" => () => claims["azp"] = "another-client",
                "iss" => () => claims["iss"] = "https://another.example.org",
                "exp" => () => claims["exp"] = DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeSeconds(),
                "no exp" => () => claims.Remove("exp"),
                "no sub" => () => claims.Remove("sub"),
                _ => static () => { },
            };
            spoil();
            return (claims, what switch
            {
                "signature" => new IdTokenKey(otherKey).Sign(claims),
                "unknown key" => new IdTokenKey(otherKey).Sign(claims, kid: "k2"),
                "none" or "HS256" => key.Sign(claims, what),
                "no token" => "not.a.token",
                _ => key.Sign(claims),
            });
        };

        var answer = await identity.SignInElsewhereAsync("open", ProviderFixture.Person(email));
        identity.Provider.Forge = null;

        Assert.Equal((401, "external_refused"), (answer.Status, answer.Code));
        Assert.Equal(0, await identity.CountAsync($"SELECT count(*) FROM users WHERE email = '{email}'"));
    }

    [Fact]
    public async Task Finish_StateThatIsNotForThis_IsRefused()
    {
        using var user = await identity.Host.SignUpAsync();
        var person = ProviderFixture.Person(IdentityFixture.NewEmail());
        var (code, state) = identity.Provider.Approve((string)(await identity.StartAsync("open")).Json["authorizeUrl"]!, person);
        var linking = await IdentityFixture.PostAsync(user.Client, "/api/me/external-logins/open", new { redirectUri = ProviderFixture.RedirectUri("open") });

        Answer[] refused =
        [
            await identity.FinishAsync("plain", state, code),
            await identity.FinishAsync("open", state[..^4] + (state[^4] == 'A' ? "BAAA" : "AAAA"), code),
            await identity.FinishAsync("open", (string)linking.Json["state"]!, code),
            await identity.PostAsync("/api/auth/external/open/callback", new { state, code, redirectUri = ProviderFixture.RedirectUri("plain") }),
            await IdentityFixture.PostAsync(user.Client, "/api/me/external-logins/open/callback", new { state, code, redirectUri = ProviderFixture.RedirectUri("open") }),
        ];
        var good = await identity.FinishAsync("open", state, code);
        var replayed = await identity.FinishAsync("open", state, code);

        Assert.All([.. refused, replayed], static answer => Assert.Equal((400, "state_not_good"), (answer.Status, answer.Code)));
        Assert.Equal(200, good.Status);
    }

    [Fact]
    public async Task Finish_CodeOfAnotherSignIn_IsRefusedByItsProof()
    {
        // Somebody else's code, put into one's own way back: it was asked for with another verifier.
        var (stolen, _) = identity.Provider.Approve((string)(await identity.StartAsync("open")).Json["authorizeUrl"]!, ProviderFixture.Person(IdentityFixture.NewEmail()));
        var (_, own) = identity.Provider.Approve((string)(await identity.StartAsync("open")).Json["authorizeUrl"]!, ProviderFixture.Person(IdentityFixture.NewEmail()));

        var answer = await identity.FinishAsync("open", own, stolen);

        Assert.Equal((401, "external_refused"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("https://chat.example.org/sign-in/external/plain/callback")]
    [InlineData("https://chat.example.org/sign-in/external/open/callback/")]
    [InlineData("https://chat.example.org.evil.example/sign-in/external/open/callback")]
    [InlineData("http://chat.example.org/sign-in/external/open/callback")]
    [InlineData("javascript:alert(1)")]
    public async Task Start_AddressThatIsNotOurs_IsRefused(string redirectUri)
    {
        var answer = await identity.PostAsync("/api/auth/external/open", new { redirectUri });

        Assert.Equal(400, answer.Status);
        Assert.Equal(["redirectUri"], answer.Json["errors"]!.AsObject().Select(static e => e.Key));
    }

    [Fact]
    public async Task Start_UnknownProvider_IsNotFound() => Assert.Equal(404, (await identity.StartAsync("nobody")).Status);

    [Theory]
    [InlineData("open", true, true, 200, null)]
    [InlineData("open", true, false, 409, "link_first")]
    [InlineData("open", false, true, 409, "link_first")]
    [InlineData("plain", false, false, 409, "link_first")]
    public async Task SignIn_AddressWithAnAccount_IsItsOwnersOnlyWhenBothSidesHaveShownIt(string provider, bool isConfirmed, bool isVerified, int status, string? code)
    {
        using var user = isConfirmed ? await identity.ConfirmedAsync() : await identity.Host.SignUpAsync();

        var answer = await identity.SignInElsewhereAsync(provider, ProviderFixture.Person(user.Email.ToUpperInvariant(), isVerified));

        Assert.Equal((status, code), (answer.Status, status == 200 ? null : answer.Code));
        Assert.Equal(status == 200 ? 1 : 0, await identity.CountAsync($"SELECT count(*) FROM external_logins WHERE user_id = '{user.Id}'"));
        if (status == 200)
        {
            Assert.Equal(user.Id, (Guid)answer.Json["user"]!["id"]!);
            await identity.Mails.OneAsync(user.Email, "There is another way to sign in");
        }
    }

    [Fact]
    public async Task SignIn_SecondFactorOn_WantsItsCodeToo()
    {
        using var user = await identity.ConfirmedAsync();
        var person = ProviderFixture.Person(user.Email);
        await identity.LinkAsync(user.Client, "open", person);
        var setup = await IdentityFixture.PostAsync(user.Client, "/api/me/second-factor", new { password = ApiUser.Password });
        await identity.Host.SqlAsync($"UPDATE second_factors SET confirmed_at = now() WHERE user_id = '{user.Id}'");

        var answer = await identity.SignInElsewhereAsync("open", person);

        Assert.Equal((200, 202), (setup.Status, answer.Status));
        Assert.Null(answer.Json["accessToken"]);
        Assert.NotNull(answer.Json["ticket"]);
    }

    [Fact]
    public async Task SignIn_NoAddress_SaysWhatToDo()
    {
        var answer = await identity.SignInElsewhereAsync("open", ProviderFixture.Person(null));

        Assert.Equal((409, "email_missing"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("error")]
    [InlineData("broken")]
    [InlineData("large")]
    [InlineData("redirect")]
    [InlineData("refused")]
    public async Task SignIn_ProviderThatFails_IsSaidWithoutWhatItSaid(string how)
    {
        identity.Provider.Fail = context => how switch
        {
            "error" => Results.Text("a stack trace", statusCode: 500).ExecuteAsync(context),
            "broken" => Results.Text("{ no json").ExecuteAsync(context),
            "large" => Results.Text($"{{\"access_token\":\"{new string('a', 1_000_000)}\"}}").ExecuteAsync(context),
            "redirect" => Results.Redirect("http://127.0.0.1:1/").ExecuteAsync(context),
            _ => Results.Json(new { error = "invalid_client" }).ExecuteAsync(context),
        };

        var answer = await identity.SignInElsewhereAsync("plain", ProviderFixture.Person(IdentityFixture.NewEmail()));
        identity.Provider.Fail = null;

        Assert.Equal(how == "refused" ? (401, "external_refused") : (502, "external_unavailable"), (answer.Status, answer.Code));
        Assert.DoesNotContain("stack trace", answer.Text, StringComparison.Ordinal);
    }
}
