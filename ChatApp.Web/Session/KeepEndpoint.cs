using System.Net;
using ChatApp.Web.Api;
using ChatApp.Web.Forwarding;
using Microsoft.AspNetCore.Components.Authorization;

namespace ChatApp.Web.Session;

/// <summary>What an open page calls every few minutes and on waking up, so that its cookie stays good and an ended session is noticed.</summary>
internal static class KeepEndpoint
{
    /// <summary>Maps <c>POST /session/keep</c>, which only a page of this site can send. It answers <c>{"state":"kept"|"ended"|"away"}</c>.</summary>
    public static void MapKeep(this IEndpointRouteBuilder routes) => routes.MapPost("/session/keep", KeepAsync).WithName("KeepSession");

    private static async Task<IResult> KeepAsync(HttpContext context, AuthenticationStateProvider authentication, ApiClient api, SessionCookie cookie)
    {
        if (!SameOrigin.Allows(context.Request))
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, detail: SameOrigin.Refusal);
        }

        context.Response.Headers.CacheControl = "no-store";
        if (context.User.Held is null)
        {
            return State("ended");
        }

        // Outside of a page nobody else tells the client whose request this is.
        ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(Task.FromResult(new AuthenticationState(context.User)));
        var answer = "kept";
        try
        {
            // It may have been ended from another device, which only the Api knows.
            await api.GetAsync("api/me", ApiJson.Default.User, context.RequestAborted);
        }
        catch (ApiException error)
        {
            answer = error.Status == HttpStatusCode.Unauthorized ? "ended" : "away";
        }

        var state = await cookie.UpdateAsync(context);
        return State(state.IsEnded ? "ended" : answer == "ended" ? "away" : answer);
    }

    private static IResult State(string state) => Results.Json(new KeepAnswer(state), KeepJson.Default.KeepAnswer);
}
