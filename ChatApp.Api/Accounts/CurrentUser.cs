using System.Globalization;
using System.Security.Claims;

namespace ChatApp.Api.Accounts;

internal static class CurrentUser
{
    extension(ClaimsPrincipal principal)
    {
        /// <summary>The id of the account that the request's token names; only behind authorization.</summary>
        public Guid UserId => Guid.Parse((principal.FindFirst(ClaimTypes.NameIdentifier) ?? principal.FindFirst("sub"))!.Value);

        /// <summary>When the request's token ends, with the tolerance that it is accepted with.</summary>
        public DateTimeOffset TokenExpires => long.TryParse(principal.FindFirst("exp")?.Value, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) + AccessTokens.ClockSkew
            : DateTimeOffset.MaxValue;
    }
}
