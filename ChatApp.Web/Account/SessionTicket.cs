using System.Globalization;
using System.Security.Claims;
using ChatApp.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ChatApp.Web.Account;

/// <summary>
/// A session as the content of the sign-in cookie. The cookie is encrypted and HttpOnly: the token inside reaches the
/// forwarder and the circuits, never the browser's script.
/// </summary>
internal static class SessionTicket
{
    private const string TokenClaim = "access_token";
    private const string ExpiryClaim = "access_token_expires";

    extension(ClaimsPrincipal user)
    {
        /// <summary>The token that the Api takes for this user; null when nobody is signed in.</summary>
        public string? AccessToken => user.FindFirstValue(TokenClaim);

        /// <summary>When the token ends; null when nobody is signed in.</summary>
        public DateTimeOffset? AccessTokenExpiresAt =>
            DateTimeOffset.TryParse(user.FindFirstValue(ExpiryClaim), CultureInfo.InvariantCulture, out var at) ? at : null;
    }

    /// <summary>Signs the session's user in to the site, for as long as the token lives.</summary>
    public static Task SignInAsync(this HttpContext context, Session session)
        => context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Principal(session), new AuthenticationProperties
        {
            IsPersistent = true,
            AllowRefresh = false,
            ExpiresUtc = session.ExpiresAt,
        });

    /// <summary>The user as claims.</summary>
    public static ClaimsPrincipal Principal(Session session) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, session.User.Id.ToString()),
            new Claim(ClaimTypes.Name, session.User.Name),
            new Claim(ClaimTypes.Email, session.User.Email),
            new Claim(ClaimTypes.Role, session.User.Role),
            new Claim(TokenClaim, session.AccessToken),
            new Claim(ExpiryClaim, session.ExpiresAt.ToString("O", CultureInfo.InvariantCulture)),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));
}
