using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ChatApp.Web.Session;

/// <summary>
/// Short-lived cookies for what a visitor carries from one step to the next and must neither read nor change: the ticket of a
/// first step, the token of a mailed link. Encrypted, HttpOnly, and gone after the step.
/// </summary>
internal sealed class SealedCookies(IDataProtectionProvider protection)
{
    /// <summary>Seals a value into a cookie.</summary>
    /// <param name="context">Whose browser.</param>
    /// <param name="name">The cookie's name, which is its purpose as well: sealed under one, it does not open under another.</param>
    /// <param name="value">What to carry.</param>
    /// <param name="lifetime">How long it is good, in the cookie and inside of it.</param>
    /// <param name="path">The only pages that it is sent to.</param>
    public void Write(HttpContext context, string name, string value, TimeSpan lifetime, string path) =>
        context.Response.Cookies.Append(name, Protector(name).Protect(value, lifetime), Options(context, path, lifetime));

    /// <summary>What the cookie carries; null when there is none, it is too old, or it was not sealed here.</summary>
    public string? Read(HttpContext context, string name)
    {
        if (context.Request.Cookies[name] is not { Length: > 0 } sealedValue)
        {
            return null;
        }

        try
        {
            return Protector(name).Unprotect(sealedValue);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Takes the cookie away.</summary>
    public static void Delete(HttpContext context, string name, string path) => context.Response.Cookies.Delete(name, Options(context, path, lifetime: null));

    /// <summary>Seals a value for a hidden field of a form.</summary>
    public string Seal(string purpose, string value, TimeSpan lifetime) => Protector(purpose).Protect(value, lifetime);

    /// <summary>Opens a hidden field; null when it is too old or was not sealed here for this.</summary>
    public string? Open(string purpose, string? value)
    {
        try
        {
            return string.IsNullOrEmpty(value) ? null : Protector(purpose).Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(string purpose) => protection.CreateProtector("ChatApp.Web.Session", purpose).ToTimeLimitedDataProtector();

    // Lax, as the way back from a mail or from another service is a link on another site.
    private static CookieOptions Options(HttpContext context, string path, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = path,
        MaxAge = lifetime,
    };
}
