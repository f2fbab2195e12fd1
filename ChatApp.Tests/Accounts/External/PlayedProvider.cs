using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatApp.Tests.Accounts.External;

/// <summary>
/// A provider that a test plays: OpenID Connect with discovery, and plain OAuth 2.0 beside it. It checks what a good one checks: the client,
/// the address, PKCE, and that each code comes once.
/// </summary>
internal sealed class PlayedProvider : IAsyncDisposable
{
    public const string ClientId = "chatapp";
    public const string ClientSecret = "client secret/+&";

    private readonly WebApplication _app;
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Grant> _grants = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonObject> _users = new(StringComparer.Ordinal);

    private PlayedProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>What the next ID token is like; it is as it should be when nothing is set.</summary>
    public Func<JsonObject, IdTokenKey, (JsonObject Claims, string Token)>? Forge { get; set; }

    /// <summary>What the token endpoint answers in place of tokens.</summary>
    public Func<HttpContext, Task>? Fail { get; set; }

    /// <summary>How the last secret came.</summary>
    public string? LastAuthorization { get; private set; }

    public static async Task<PlayedProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new PlayedProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(provider.Document()));
        app.MapGet("/jwks", () => Results.Json(provider.Keys()));
        app.MapPost("/token", provider.TokenAsync);
        app.MapGet("/user", provider.User);
        app.MapGet("/emails", provider.Emails);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    /// <summary>Says yes on the provider's page, as the person with these claims.</summary>
    /// <returns>What the browser is sent back with.</returns>
    public (string Code, string State) Approve(string authorizeUrl, JsonObject claims)
    {
        var query = QueryHelpers.ParseQuery(new Uri(authorizeUrl).Query);
        Assert.Equal(("code", ClientId, "S256"), ((string)query["response_type"]!, (string)query["client_id"]!, (string)query["code_challenge_method"]!));
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        _grants[code] = new Grant((string)query["redirect_uri"]!, (string)query["code_challenge"]!, (string?)query["nonce"], claims);
        return (code, (string)query["state"]!);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private JsonObject Document() => new()
    {
        ["issuer"] = Address,
        ["authorization_endpoint"] = $"{Address}/authorize",
        ["token_endpoint"] = $"{Address}/token",
        ["userinfo_endpoint"] = $"{Address}/user",
        ["jwks_uri"] = $"{Address}/jwks",
    };

    private JsonObject Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new() { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = "k1", ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) }) };
    }

    private async Task TokenAsync(HttpContext context)
    {
        if (Fail is { } fail)
        {
            await fail(context);
            return;
        }

        var form = await context.Request.ReadFormAsync();
        LastAuthorization = context.Request.Headers.Authorization;
        var isOurs = LastAuthorization is { } header
            ? header == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret)}"))
            : form["client_id"] == ClientId && form["client_secret"] == ClientSecret;
        if (!isOurs
            || form["grant_type"] != "authorization_code"
            || !_grants.TryRemove(form["code"].ToString(), out var grant)
            || form["redirect_uri"] != grant.RedirectUri
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != grant.Challenge)
        {
            await Results.Json(new { error = "invalid_grant" }, statusCode: 400).ExecuteAsync(context);
            return;
        }

        var access = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        _users[access] = grant.Claims;
        var answer = new JsonObject { ["access_token"] = access, ["token_type"] = "Bearer" };
        if (grant.Nonce is not null)
        {
            answer["id_token"] = IdToken(grant);
        }

        await Results.Json(answer).ExecuteAsync(context);
    }

    private string IdToken(Grant grant)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Address, ["aud"] = ClientId, ["iat"] = now, ["exp"] = now + 300, ["nonce"] = grant.Nonce };
        foreach (var (name, value) in grant.Claims)
        {
            claims[name] = value?.DeepClone();
        }

        var key = new IdTokenKey(_key);
        return Forge is { } forge ? forge(claims, key).Token : key.Sign(claims);
    }

    private IResult User(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] && _users.TryGetValue(token, out var claims)
            ? Results.Json(claims)
            : Results.Unauthorized();

    private IResult Emails(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] && _users.TryGetValue(token, out var claims)
            ? Results.Json(claims["emails"])
            : Results.Unauthorized();

    private sealed record Grant(string RedirectUri, string Challenge, string? Nonce, JsonObject Claims);
}
