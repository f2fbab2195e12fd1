using System.Globalization;
using System.Security.Claims;
using ChatApp.Web.Api;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ChatApp.Web.Session;

/// <summary>
/// A session as the content of the sign-in cookie. The cookie is encrypted and HttpOnly: the tokens inside reach the forwarder
/// and the circuits, never the browser's script.
/// </summary>
internal static class SessionTicket
{
    private const string IdClaim = "session";
    private const string TokenClaim = "access_token";
    private const string ExpiryClaim = "access_token_expires";
    private const string RefreshClaim = "refresh_token";
    private const string EndClaim = "session_expires";
    private const string SinceClaim = "since";

    extension(ClaimsPrincipal user)
    {
        /// <summary>The session that the claims tell of, whose tokens may be old by now; null when nobody is signed in.</summary>
        public HeldSession? Held =>
            user.FindFirstValue(IdClaim) is { } id
            && user.FindFirstValue(TokenClaim) is { } token
            && user.FindFirstValue(RefreshClaim) is { } refresh
            && Time(user, ExpiryClaim) is { } expires && Time(user, EndClaim) is { } end && Time(user, SinceClaim) is { } since
            && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
                ? new HeldSession(id, new SignedIn(token, expires, refresh, end, new User(
                    userId,
                    user.FindFirstValue(ClaimTypes.Name) ?? "",
                    user.FindFirstValue(ClaimTypes.Email) ?? "",
                    user.FindFirstValue(ClaimTypes.Role) ?? "")), since)
                : null;
    }

    /// <summary>The session as claims.</summary>
    public static ClaimsPrincipal Principal(HeldSession held)
    {
        var (id, session, since) = held;
        return new(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, session.User.Id.ToString()),
                new Claim(ClaimTypes.Name, session.User.Name),
                new Claim(ClaimTypes.Email, session.User.Email),
                new Claim(ClaimTypes.Role, session.User.Role),
                new Claim(IdClaim, id),
                new Claim(TokenClaim, session.AccessToken),
                new Claim(ExpiryClaim, Text(session.ExpiresAt)),
                new Claim(RefreshClaim, session.RefreshToken),
                new Claim(EndClaim, Text(session.SessionExpiresAt)),
                new Claim(SinceClaim, Text(since)),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme));
    }

    /// <summary>Whether both tell the same of who it is, whatever their tokens.</summary>
    public static bool IsSamePerson(User one, User other) =>
        (one.Id, one.Name, one.Email, one.Role) == (other.Id, other.Name, other.Email, other.Role);

    private static DateTimeOffset? Time(ClaimsPrincipal user, string claim) =>
        DateTimeOffset.TryParse(user.FindFirstValue(claim), CultureInfo.InvariantCulture, out var at) ? at : null;

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
