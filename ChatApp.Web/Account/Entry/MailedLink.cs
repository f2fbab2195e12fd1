using ChatApp.Web.Session;

namespace ChatApp.Web.Account.Entry;

/// <summary>
/// Moves the token of a mailed link out of the address, where the history, a screenshot and other pages would get to see it,
/// into a sealed cookie of that page alone.
/// </summary>
internal sealed record MailedLink(string Cookie, string Page)
{
    // The Api says how long a token is good. This is how long a person may look at the page.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private const int LongestToken = 2000;

    /// <summary>The link to the page for a new password.</summary>
    public static MailedLink ResetPassword { get; } = new("chatapp-reset", "/reset-password");

    /// <summary>The link to the page that confirms an address.</summary>
    public static MailedLink ConfirmEmail { get; } = new("chatapp-confirm", "/confirm-email");

    /// <summary>Keeps the token of the address, if there is one.</summary>
    /// <returns>Whether there was: the page is then asked for once more, without it.</returns>
    public bool Keep(HttpContext context, SealedCookies cookies, string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Length > LongestToken)
        {
            return false;
        }

        context.Response.Headers.CacheControl = "no-store";
        cookies.Write(context, Cookie, token, Lifetime, Page);
        return true;
    }

    /// <summary>The token that was kept; null when there is none.</summary>
    public string? Read(HttpContext context, SealedCookies cookies) => cookies.Read(context, Cookie);

    /// <summary>Forgets it.</summary>
    public void Forget(HttpContext context) => SealedCookies.Delete(context, Cookie, Page);
}
