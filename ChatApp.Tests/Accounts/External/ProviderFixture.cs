using System.Text.Json.Nodes;
using ChatApp.Tests.Stack;

namespace ChatApp.Tests.Accounts.External;

/// <summary>A site with two providers, both played: <c>open</c> speaks OpenID Connect, <c>plain</c> only OAuth 2.0.</summary>
public class ProviderFixture(StackFixture stack) : IdentityFixture(stack)
{
    private const string Site = "https://chat.example.org";

    internal PlayedProvider Provider { get; private set; } = null!;

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        Provider = await PlayedProvider.StartAsync();
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await Provider.DisposeAsync();
    }

    internal static string RedirectUri(string provider) => $"{Site}/sign-in/external/{provider}/callback";

    /// <summary>What a provider says of somebody.</summary>
    internal static JsonObject Person(string? email, bool isVerified = true, string? subject = null)
    {
        subject ??= Guid.NewGuid().ToString("N");
        return new JsonObject
        {
            ["sub"] = subject,
            ["id"] = subject,
            ["name"] = "Ada L.",
            ["email"] = email,
            ["email_verified"] = isVerified,
            ["emails"] = new JsonArray(
                new JsonObject { ["email"] = "old@example.org", ["primary"] = false, ["verified"] = true },
                new JsonObject { ["email"] = email, ["primary"] = true, ["verified"] = isVerified }),
        };
    }

    /// <summary>The whole way: to the provider, its yes, and back.</summary>
    internal async Task<Answer> SignInElsewhereAsync(string provider, JsonObject person)
    {
        var (code, state) = Provider.Approve((string)(await StartAsync(provider)).Json["authorizeUrl"]!, person);
        return await FinishAsync(provider, state, code);
    }

    internal Task<Answer> StartAsync(string provider) => PostAsync($"/api/auth/external/{provider}", new { redirectUri = RedirectUri(provider) });

    internal Task<Answer> FinishAsync(string provider, string state, string code) =>
        PostAsync($"/api/auth/external/{provider}/callback", new { state, code, redirectUri = RedirectUri(provider) });

    /// <summary>The same, to link it to the client's account.</summary>
    internal async Task<Answer> LinkAsync(HttpClient client, string provider, JsonObject person)
    {
        var started = await PostAsync(client, $"/api/me/external-logins/{provider}", new { redirectUri = RedirectUri(provider) });
        var (code, state) = Provider.Approve((string)started.Json["authorizeUrl"]!, person);
        return await PostAsync(client, $"/api/me/external-logins/{provider}/callback", new { state, code, redirectUri = RedirectUri(provider) });
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Key, string Value)> Settings() =>
    [
        ("Auth:Providers:0:Name", "open"), ("Auth:Providers:0:DisplayName", "Open"), ("Auth:Providers:0:Issuer", Provider.Address),
        ("Auth:Providers:0:ClientId", PlayedProvider.ClientId), ("Auth:Providers:0:ClientSecret", PlayedProvider.ClientSecret),
        ("Auth:Providers:1:Name", "plain"), ("Auth:Providers:1:AuthorizationEndpoint", $"{Provider.Address}/authorize?from=chat"),
        ("Auth:Providers:1:TokenEndpoint", $"{Provider.Address}/token"), ("Auth:Providers:1:UserEndpoint", $"{Provider.Address}/user"),
        ("Auth:Providers:1:EmailEndpoint", $"{Provider.Address}/emails"), ("Auth:Providers:1:Scopes:0", "user:email"),
        ("Auth:Providers:1:ClientId", PlayedProvider.ClientId), ("Auth:Providers:1:ClientSecret", PlayedProvider.ClientSecret),
    ];
}
