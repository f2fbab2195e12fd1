using ChatApp.Web.Forwarding;
using Microsoft.AspNetCore.Authentication;

namespace ChatApp.Web.Account;

/// <summary>Signing out.</summary>
internal static class SignOutEndpoint
{
    /// <summary>Maps <c>POST /sign-out</c>, which only a page of this site can send.</summary>
    public static void MapSignOut(this IEndpointRouteBuilder routes)
        => routes.MapPost("/sign-out", async (HttpContext context) =>
        {
            if (!SameOrigin.Allows(context.Request))
            {
                return Results.Problem(statusCode: StatusCodes.Status403Forbidden, detail: SameOrigin.Refusal);
            }

            await context.SignOutAsync();
            return Results.LocalRedirect("/");
        }).WithName("SignOut");
}
