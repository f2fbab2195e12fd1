using ChatApp.Web.Account.Settings;
using ChatApp.Web.Api;
using ChatApp.Web.Session;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace ChatApp.Web.Account.External;

/// <summary>Setting out to sign in with another service (OAuth 2.0, RFC 6749; the Api holds the secrets and the PKCE verifier).</summary>
internal static class ExternalEndpoint
{
    private const string Prefix = "sign-in/external";

    /// <summary>Where the form of a service is sent.</summary>
    public static string StartOf(string provider) => $"{Prefix}/{Uri.EscapeDataString(provider)}/start";

    /// <summary>Maps <c>POST /sign-in/external/{provider}/start</c>, which takes the form's antiforgery token.</summary>
    public static void MapExternalSignIn(this IEndpointRouteBuilder routes) =>

        // Checked in the method: a form that the middleware found wanting cannot be answered with a page any more.
        routes.MapPost($"/{Prefix}/{{provider}}/start", StartAsync).DisableAntiforgery().RequireRateLimiting(AccountOptions.AttemptsPolicy).WithName("StartExternalSignIn");

    private static async Task<IResult> StartAsync(
        string provider,
        [FromForm] string? returnUrl,
        [FromForm] bool? links,
        HttpContext context,
        IAntiforgery antiforgery,
        AuthenticationStateProvider authentication,
        AuthApi auth,
        AccountApi account,
        SealedCookies cookies,
        IOptions<AccountOptions> options)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "The page was open for too long. Go back, load it again, and try once more.");
        }

        var site = options.Value.SiteAddress?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";
        var redirectUri = $"{site}/{Prefix}/{Uri.EscapeDataString(provider)}/callback";
        try
        {
            // Outside of a page nobody else tells the client whose request this is.
            ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(Task.FromResult(new AuthenticationState(context.User)));
            var isLink = links == true && context.User.Held is not null;
            var way = isLink
                ? await account.BeginLinkAsync(provider, redirectUri, context.RequestAborted)
                : await auth.BeginExternalAsync(provider, redirectUri, VisitorInfo.Of(context), context.RequestAborted);
            if (!IsWebAddress(way.AuthorizeUrl))
            {
                return Trouble(isLink);
            }

            new ExternalTrip(provider, way.State, redirectUri, way.AuthorizeUrl, string.IsNullOrEmpty(returnUrl) ? null : returnUrl, isLink).Keep(context, cookies);

            // Not there at once: browsers hold a form to this site by form-action, and that goes for where it is led to as well.
            return Results.LocalRedirect($"/{Prefix}/{Uri.EscapeDataString(provider)}");
        }
        catch (ApiException)
        {
            return Trouble(links == true);
        }
    }

    private static IResult Trouble(bool isLink) => Results.LocalRedirect(isLink ? "/account/security?done=external-trouble" : "/sign-in?done=external-trouble");

    private static bool IsWebAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
