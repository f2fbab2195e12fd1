using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Database;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace ChatApp.Api.Tone;

/// <summary>Whether it is read from what the signed-in person writes how they sound: theirs to switch.</summary>
internal static class ToneEndpoints
{
    public static void MapTone(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/me/tone").WithTags("Accounts").RequireAuthorization(Policies.Session)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("", Get)
            .WithName("GetTone").WithSummary("Whether it is read from what you write how you sound.");
        group.MapPut("", Set)
            .WithName("SetTone").WithSummary("Switches that on or off. Off means that nothing is derived.")
            .WithDescription("What was read of a message shows in the recall of its answer, and in its prompt.");
    }

    private static async Task<Ok<ToneSetting>> Get(ClaimsPrincipal principal, NpgsqlDataSource database, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ToneSetting(await database.FirstOrDefaultAsync<bool>(
            "SELECT reads_tone FROM users WHERE id = @UserId", new { principal.UserId }, cancellationToken)));

    private static async Task<Results<Ok<ToneSetting>, ValidationProblem>> Set(
        ToneSetting request, ClaimsPrincipal principal, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("UPDATE users SET reads_tone = @Enabled WHERE id = @UserId", new { principal.UserId, request.Enabled }, cancellationToken);
        return TypedResults.Ok(request);
    }
}
