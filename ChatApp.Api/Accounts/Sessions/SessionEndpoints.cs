using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Attempts;
using ChatApp.Api.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts.Sessions;

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Accounts").ProducesProblem(StatusCodes.Status401Unauthorized);

        group.MapPost("/auth/refresh", Refresh).AllowAnonymous().LimitAttempts(AttemptKind.Refresh)
            .WithName("Refresh").WithSummary("Gives the next access token and the next refresh token of a session.")
            .WithDescription("""
                Each refresh token is good once. Asked again within a minute with the one before, as after an answer that was lost, it gives the same next one;
                an older one ends the session. 401 with the code session_ended says that people have to sign in again.
                """);
        group.MapPost("/auth/sign-out", SignOut).RequireAuthorization(Policies.Session)
            .WithName("SignOut").WithSummary("Ends this session: its tokens no longer count, and what is open with them closes.");

        var sessions = group.MapGroup("/me/sessions").RequireAuthorization(Policies.Session).ProducesProblem(StatusCodes.Status403Forbidden);
        sessions.MapGet("", List)
            .WithName("ListSessions").WithSummary("Where this account is signed in, 100 places at most, those used last first.");
        sessions.MapDelete("/{id:guid}", End)
            .WithName("EndSession").WithSummary("Signs out in one place.").ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapDelete("", EndOthers)
            .WithName("EndOtherSessions").WithSummary("Signs out everywhere but here.");
    }

    private static async Task<Results<Ok<SignedIn>, ValidationProblem, ProblemHttpResult>> Refresh(
        RefreshRequest request, HttpContext context, SessionIssuer sessions, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await sessions.RefreshAsync(request.RefreshToken, context, cancellationToken) is { } signedIn
            ? TypedResults.Ok(signedIn)
            : Problems.Because(StatusCodes.Status401Unauthorized, ProblemCodes.SessionEnded, "This session has ended. Sign in again.");
    }

    private static async Task<NoContent> SignOut(HttpContext context, ClaimsPrincipal principal, SessionEnding ending, CancellationToken cancellationToken)
    {
        await ending.EndAsync(context, principal.UserId, principal.SessionId!.Value, SessionEnd.SignedOut, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<Page<OpenSession>>> List(ClaimsPrincipal principal, SessionStore sessions, CancellationToken cancellationToken)
    {
        var rows = await sessions.ListAsync(principal.UserId, cancellationToken);
        return TypedResults.Ok(new Page<OpenSession>(
            [.. rows.Select(s => new OpenSession(s.Id, s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.Address, s.UserAgent, s.Id == principal.SessionId))], null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> End(
        Guid id, HttpContext context, ClaimsPrincipal principal, SessionEnding ending, CancellationToken cancellationToken) =>
        await ending.EndAsync(context, principal.UserId, id, SessionEnd.Revoked, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("session");

    private static async Task<NoContent> EndOthers(HttpContext context, ClaimsPrincipal principal, SessionEnding ending, CancellationToken cancellationToken)
    {
        await ending.EndOthersAsync(context, principal.UserId, principal.SessionId, cancellationToken);
        return TypedResults.NoContent();
    }
}
