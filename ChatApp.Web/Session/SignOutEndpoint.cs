using System.Security.Claims;
using ChatApp.Web.Api;
using ChatApp.Web.Forwarding;
using Microsoft.AspNetCore.Authentication;

namespace ChatApp.Web.Session;

/// <summary>Signing out.</summary>
internal static partial class SignOutEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Were the page that signs out told at once, its circuit would lead it elsewhere while the answer is on its way.
    private static readonly TimeSpan BeforePagesAreTold = TimeSpan.FromSeconds(1.5);

    /// <summary>Maps <c>POST /sign-out</c>, which only a page of this site can send.</summary>
    public static void MapSignOut(this IEndpointRouteBuilder routes)
        => routes.MapPost("/sign-out", async (HttpContext context, SessionTokens sessions, AuthApi api, TimeProvider clock, ILoggerFactory logging) =>
        {
            if (!SameOrigin.Allows(context.Request))
            {
                return Results.Problem(statusCode: StatusCodes.Status403Forbidden, detail: SameOrigin.Refusal);
            }

            await EndAsync(context, sessions, api, clock, logging);
            await context.SignOutAsync();
            return Results.LocalRedirect("/");
        }).WithName("SignOut");

    private static async Task EndAsync(HttpContext context, SessionTokens sessions, AuthApi api, TimeProvider clock, ILoggerFactory logging)
    {
        var user = context.User;
        var state = await sessions.GetAsync(user, context.RequestAborted);
        sessions.End(user, quietly: true);
        _ = TellPagesAsync(sessions, user, clock);
        if (state.Session is not { } session)
        {
            return;
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            patience.CancelAfter(Patience);
            await api.SignOutAsync(session.AccessToken, VisitorInfo.Of(context), patience.Token);
        }
        catch (Exception error) when (error is ApiException { Status: not System.Net.HttpStatusCode.Unauthorized } or OperationCanceledException)
        {
            LogNotEnded(logging.CreateLogger(typeof(SignOutEndpoint)), session.User.Id, error);
        }
        catch (ApiException)
        {
            // It had ended already.
        }
    }

    /// <summary>Tells the open pages of a session that was ended quietly, once the page that ended it is on its way.</summary>
    public static async Task TellPagesAsync(SessionTokens sessions, ClaimsPrincipal user, TimeProvider clock)
    {
        await Task.Delay(BeforePagesAreTold, clock);
        sessions.TellEnded(user);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "User {UserId} signed out, but the Api could not be told: there the session ends when its tokens do")]
    private static partial void LogNotEnded(ILogger logger, Guid userId, Exception error);
}
