using ChatApp.Web.Api;
using ChatApp.Web.Forwarding;
using ChatApp.Web.Session;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatApp.Web.Characters;

/// <summary>Starting a conversation, by a plain form: it works before the circuit is up, while it is away, and without script.</summary>
internal static class StartEndpoint
{
    /// <summary>Where the form is sent.</summary>
    public const string Path = "characters/start";

    /// <summary>Maps <c>POST /characters/start</c>, which only a page of this site can send.</summary>
    public static void MapStart(this IEndpointRouteBuilder routes)
        => routes.MapPost($"/{Path}", StartAsync).DisableAntiforgery().WithName("StartConversation");

    private static async Task<IResult> StartAsync(
        [FromForm] Guid character, HttpContext context, AuthenticationStateProvider authentication, ApiClient api)
    {
        if (!SameOrigin.Allows(context.Request))
        {
            return Results.Problem(statusCode: StatusCodes.Status403Forbidden, detail: SameOrigin.Refusal);
        }

        if (context.User.Held is null)
        {
            return Results.LocalRedirect("/sign-in?returnUrl=/characters");
        }

        // Outside of a page nobody else tells the client whose request this is.
        ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(Task.FromResult(new AuthenticationState(context.User)));
        try
        {
            var conversation = await api.StartConversationAsync(character, context.RequestAborted);
            return Results.LocalRedirect($"/chat/{conversation.Id}");
        }
        catch (ApiException error) when (error.Status == System.Net.HttpStatusCode.Unauthorized)
        {
            return Results.LocalRedirect("/sign-in?returnUrl=/characters");
        }
        catch (ApiException error)
        {
            return Results.LocalRedirect($"/characters?problem={(int)error.Status}");
        }
    }
}
