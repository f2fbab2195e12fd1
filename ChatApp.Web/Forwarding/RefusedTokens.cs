using System.Net;
using ChatApp.Web.Api;
using ChatApp.Web.Session;
using Yarp.ReverseProxy.Transforms;

namespace ChatApp.Web.Forwarding;

/// <summary>
/// A token may be refused before its end: a role was changed, or a password. If the session still lives, what only asks is asked
/// again with the next token, and nobody notices; anything else is the caller's to repeat, who finds a good token then.
/// </summary>
internal static class RefusedTokens
{
    private static readonly object AskedAgain = new();
    private static readonly object Away = new();

    /// <summary>Holds a refusal back where it is asked again.</summary>
    public static async ValueTask HoldBack(ResponseTransformContext context)
    {
        var http = context.HttpContext;
        if (context.ProxyResponse?.StatusCode != HttpStatusCode.Unauthorized || http.User.Held is not { } held || http.Items.ContainsKey(AskedAgain))
        {
            return;
        }

        var services = http.RequestServices;
        var state = await services.GetRequiredService<SessionTokens>().RenewAsync(http.User, held.SignedIn.AccessToken, http.RequestAborted);
        var asksAgain = state.Held?.IsNewerThan(held) == true && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method));
        if (asksAgain)
        {
            http.Items[AskedAgain] = true;
            context.SuppressResponseBody = true;
            http.Response.Headers.Clear();
        }

        else if (state.IsOver)
        {
            // Nobody could ask whether the session lives: that is no reason to send a person to sign in.
            http.Items[Away] = true;
            context.SuppressResponseBody = true;
            http.Response.Headers.Clear();
        }

        await services.GetRequiredService<SessionCookie>().UpdateAsync(http);
        if (asksAgain)
        {
            http.User = SessionTicket.Principal(state.Held!);
        }
    }

    /// <summary>Asks again.</summary>
    public static async Task AskAgain(HttpContext context, RequestDelegate next)
    {
        var destinations = context.GetReverseProxyFeature().AvailableDestinations;
        await next(context);
        if (context.Response.HasStarted)
        {
            return;
        }

        if (context.Items.ContainsKey(Away))
        {
            context.Response.Headers.RetryAfter = "5";
            await Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: ApiProblem.Unreachable.Detail).ExecuteAsync(context);
        }
        else if (context.Items.ContainsKey(AskedAgain))
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            context.GetReverseProxyFeature().AvailableDestinations = destinations;
            await next(context);
        }
    }
}
