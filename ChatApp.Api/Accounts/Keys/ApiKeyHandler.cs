using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts.Keys;

/// <summary>Takes API keys as <c>Authorization: Bearer cak_…</c>. Who has one may what its owner may, within its scopes.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyLookup keys, AccessCutoffs cutoffs, LastUses uses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";

    /// <summary>Whether a request comes with what looks like a key.</summary>
    public static bool IsFor(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Bearer + ApiKeyText.Beginning, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!IsFor(Request))
        {
            return AuthenticateResult.NoResult();
        }

        await cutoffs.ReadyAsync(Context.RequestAborted);
        if (ApiKeyText.Read(header[Bearer.Length..].Trim()) is not { } text || await keys.FindAsync(text, Context.RequestAborted) is not { } known)
        {
            return AuthenticateResult.Fail("There is no such key, or it has ended.");
        }

        uses.SawKey(known.Key.Id, Context.Connection.RemoteIpAddress);
        var identity = new ClaimsIdentity(Claims(known), Scheme.Name, ClaimTypes.Name, ClaimTypes.Role);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    private static IEnumerable<Claim> Claims(KnownKey known)
    {
        var (key, owner) = (known.Key, known.Owner);
        yield return new Claim(ClaimTypes.NameIdentifier, owner.Id.ToString());
        yield return new Claim(ClaimTypes.Name, owner.Name);
        yield return new Claim(ClaimTypes.Email, owner.Email);
        yield return new Claim(ClaimTypes.Role, AccessTokens.NameOf(owner.Role));
        yield return new Claim(CurrentUser.KeyClaim, key.Id.ToString());
        yield return new Claim(CurrentUser.VersionClaim, owner.TokenVersion.ToString(CultureInfo.InvariantCulture));
        yield return new Claim(CurrentUser.KeyVersionClaim, key.Version.ToString(CultureInfo.InvariantCulture));
        foreach (var scope in key.Scopes)
        {
            yield return new Claim(ApiScopeNames.Claim, scope);
        }

        if (key.ExpiresAt is { } expires)
        {
            yield return new Claim("exp", expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        }

        if (key.RequestsPerMinute is { } requests)
        {
            yield return new Claim(ApiKeyClaims.RequestsPerMinute, requests.ToString(CultureInfo.InvariantCulture));
        }

        if (key.TokensPerDay is { } tokens)
        {
            yield return new Claim(ApiKeyClaims.TokensPerDay, tokens.ToString(CultureInfo.InvariantCulture));
        }
    }
}
