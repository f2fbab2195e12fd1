using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Json;
using ChatApp.Api.Accounts.Access;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatApp.Api.Accounts.Tokens;

/// <summary>Issues the access tokens (JWT, ES256) that this service accepts, and says what it accepts.</summary>
internal sealed class AccessTokens(SigningKeyRing ring, IOptions<AuthOptions> options, TimeProvider time)
{
    private const string Party = "chatapp";

    /// <summary>How long a token is still taken after its end, for clocks that differ.</summary>
    public static TimeSpan ClockSkew { get; } = TimeSpan.FromSeconds(30);

    /// <summary>A role as it stands in claims: lower case, as on the wire and in the database.</summary>
    public static string NameOf(UserRole role) => JsonNamingPolicy.CamelCase.ConvertName(role.ToString());

    /// <summary>What a token must be like: signed with ES256 by one of the ring's keys, from us, for us, and of this time.</summary>
    public TokenValidationParameters Validation => new()
    {
        ValidIssuer = Party,
        ValidAudience = Party,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        IssuerSigningKeyResolver = (_, token, kid, _) => AlgorithmOf(token) == SecurityAlgorithms.EcdsaSha256 && ring.Find(kid) is { } key ? [key.Key] : [],
        LifetimeValidator = (from, to, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return to is not null && from is not null && from <= now + ClockSkew && now < to + ClockSkew;
        },
    };

    /// <summary>A token for a session of an account. It ends with the session at the latest.</summary>
    public async Task<(string Token, DateTimeOffset ExpiresAt)> IssueAsync(
        Account account, Guid sessionId, DateTimeOffset sessionExpiresAt, CancellationToken cancellationToken)
    {
        await ring.ReadyAsync(cancellationToken);
        var now = time.GetUtcNow();
        var expires = now + options.Value.TokenLifetime;
        expires = expires < sessionExpiresAt ? expires : sessionExpiresAt;
        Claim[] claims =
        [
            new("sub", account.Id.ToString()),
            new(CurrentUser.SessionClaim, sessionId.ToString()),
            new("name", account.Name),
            new("email", account.Email),
            new("role", NameOf(account.Role)),
            new(CurrentUser.VersionClaim, account.TokenVersion.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer32),
        ];
        var token = new JwtSecurityToken(
            Party, Party, claims, now.UtcDateTime, expires.UtcDateTime, new SigningCredentials(ring.Current.Key, SecurityAlgorithms.EcdsaSha256));
        return (new JwtSecurityTokenHandler().WriteToken(token), expires);
    }

    // The library reads tokens as the one or the other, by its version.
    private static string? AlgorithmOf(SecurityToken token) => token switch
    {
        JwtSecurityToken jwt => jwt.Header.Alg,
        JsonWebToken jwt => jwt.Alg,
        _ => null,
    };
}
