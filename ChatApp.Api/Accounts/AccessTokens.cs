using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ChatApp.Api.Accounts;

/// <summary>Issues the bearer tokens that this service accepts, and says what it accepts.</summary>
internal sealed class AccessTokens(IOptions<AuthOptions> options, TimeProvider time)
{
    private const string Party = "chatapp";

    /// <summary>How long a token is still taken after its end, for clocks that differ.</summary>
    public static TimeSpan ClockSkew { get; } = TimeSpan.FromSeconds(30);

    private readonly SymmetricSecurityKey _key = new(Encoding.UTF8.GetBytes(options.Value.Secret));

    public TokenValidationParameters Validation => new()
    {
        ValidIssuer = Party,
        ValidAudience = Party,
        IssuerSigningKey = _key,
        ClockSkew = ClockSkew,
    };

    public SignedIn Issue(User user)
    {
        var now = time.GetUtcNow();
        var expires = now + options.Value.TokenLifetime;
        Claim[] claims =
        [
            new("sub", user.Id.ToString()),
            new("name", user.Name),
            new("email", user.Email),
#pragma warning disable CA1308 // Role names are lower case on the wire and in the database.
            new("role", user.Role.ToString().ToLowerInvariant()),
#pragma warning restore CA1308
        ];
        var token = new JwtSecurityToken(
            Party, Party, claims, now.UtcDateTime, expires.UtcDateTime, new SigningCredentials(_key, SecurityAlgorithms.HmacSha256));
        return new SignedIn(new JwtSecurityTokenHandler().WriteToken(token), expires, user);
    }
}
