using System.Globalization;
using System.Security.Claims;
using ChatApp.Api.Accounts.Tokens;

namespace ChatApp.Api.Accounts.Access;

/// <summary>What a request's token or key says of its user.</summary>
internal static class CurrentUser
{
    /// <summary>The claim of the session that a token belongs to.</summary>
    public const string SessionClaim = "sid";

    /// <summary>The claim of the API key that a request was made with.</summary>
    public const string KeyClaim = "key";

    /// <summary>The claim of the account's version that a token was given at.</summary>
    public const string VersionClaim = "ver";

    /// <summary>The claim of the API key's version that a request was let in at.</summary>
    public const string KeyVersionClaim = "key_version";

    extension(ClaimsPrincipal principal)
    {
        /// <summary>The id of the account that the request's token names; only behind authorization.</summary>
        public Guid UserId => Guid.Parse((principal.FindFirst(ClaimTypes.NameIdentifier) ?? principal.FindFirst("sub"))!.Value);

        /// <summary>The account's role; the least one for a caller who has none.</summary>
        public UserRole Role =>
            Enum.TryParse<UserRole>((principal.FindFirst(ClaimTypes.Role) ?? principal.FindFirst("role"))?.Value, ignoreCase: true, out var role) && Enum.IsDefined(role)
                ? role
                : UserRole.User;

        /// <summary>The session that the token belongs to; null for a request with an API key.</summary>
        public Guid? SessionId => Guid.TryParse((principal.FindFirst(SessionClaim) ?? principal.FindFirst(ClaimTypes.Sid))?.Value, out var id) ? id : null;

        /// <summary>The API key that the request was made with; null for a person who signed in.</summary>
        public Guid? KeyId => Guid.TryParse(principal.FindFirst(KeyClaim)?.Value, out var id) ? id : null;

        /// <summary>When the request's token ends, with the tolerance that it is accepted with.</summary>
        public DateTimeOffset TokenExpires => long.TryParse(principal.FindFirst("exp")?.Value, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) + AccessTokens.ClockSkew
            : DateTimeOffset.MaxValue;

        /// <summary>What has to go on for the request's permission to go on.</summary>
        public AccessPass Access => new(
            principal.UserId,
            principal.Number(VersionClaim),
            principal.SessionId ?? principal.KeyId ?? Guid.Empty,
            principal.Number(KeyVersionClaim),
            principal.TokenExpires);

        private int Number(string claim) => int.TryParse(principal.FindFirst(claim)?.Value, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
