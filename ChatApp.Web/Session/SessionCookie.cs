using System.Security.Cryptography;
using ChatApp.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;

namespace ChatApp.Web.Session;

/// <summary>Writes the sign-in cookie, and keeps it level with <see cref="SessionTokens"/>.</summary>
internal sealed class SessionCookie(SessionTokens sessions, TimeProvider clock) : CookieAuthenticationEvents
{
    /// <summary>Signs in: a new cookie, and a new session of the site, whatever the browser had before.</summary>
    public Task SignInAsync(HttpContext context, SignedIn session)
    {
        sessions.End(context.User);
        var held = new HeldSession(RandomNumberGenerator.GetHexString(32, lowercase: true), session, clock.GetUtcNow());
        sessions.Begin(held);
        return WriteAsync(context, held);
    }

    /// <summary>Brings the cookie level with what is known by now, or takes it away where the session has ended.</summary>
    public async Task<SessionState> UpdateAsync(HttpContext context)
    {
        var state = await sessions.GetAsync(context.User, context.RequestAborted);
        if (state.IsEnded)
        {
            await context.SignOutAsync();
        }
        else if (state.Held is { } held && context.User.Held is { } brought && held.IsNewerThan(brought))
        {
            await WriteAsync(context, held);
        }

        return state;
    }

    /// <summary>Gets tokens that say what the account is called by now, and writes them into the cookie.</summary>
    public async Task RenewAsync(HttpContext context)
    {
        var state = await sessions.GetAsync(context.User, context.RequestAborted);
        if (state.Session is { } session)
        {
            await sessions.RenewAsync(context.User, session.AccessToken, context.RequestAborted);
        }

        await UpdateAsync(context);
    }

    /// <inheritdoc/>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            return; // A style sheet is the same for everyone.
        }

        if (context.Principal?.Held is not { } brought)
        {
            context.RejectPrincipal(); // Of an older version of the site.
            return;
        }

        var state = await sessions.GetAsync(brought, VisitorInfo.Of(context.HttpContext), context.HttpContext.RequestAborted);
        if (state.Held is not { } held)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
        }
        else if (held.IsNewerThan(brought))
        {
            context.ReplacePrincipal(SessionTicket.Principal(held));
            Date(context.Properties, held);
            context.ShouldRenew = true;
        }
    }

    private Task WriteAsync(HttpContext context, HeldSession held)
    {
        var properties = new AuthenticationProperties { IsPersistent = true, AllowRefresh = false };
        Date(properties, held);
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, SessionTicket.Principal(held), properties);
    }

    private void Date(AuthenticationProperties properties, HeldSession held) =>
        (properties.IssuedUtc, properties.ExpiresUtc) = (clock.GetUtcNow(), held.SignedIn.SessionExpiresAt);
}
