using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts.Keys;

internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/me/api-keys").WithTags("API keys").RequireAuthorization(Policies.Session)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

        keys.MapGet("", List)
            .WithName("ListApiKeys").WithSummary("This account's keys for programs, the newest first; ones that have ended are shown for 30 days.");
        keys.MapPost("", Create)
            .WithName("CreateApiKey").WithSummary("Makes a key. It is shown in this answer and never again.")
            .WithDescription("""
                Scopes: read for every GET outside administration, chat for conversations and turns, memory, documents, and admin for administration, which takes
                the role as well. What changes the account takes no key. An account has 20 keys at most.
                """)
            .ProducesProblem(StatusCodes.Status409Conflict);
        keys.MapPost("/{id:guid}/rotate", Rotate)
            .WithName("RotateApiKey").WithSummary("Makes another key in place of one, which stays good for the overlap.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        keys.MapDelete("/{id:guid}", Delete)
            .WithName("DeleteApiKey").WithSummary("Ends a key at once, and closes what is open with it.").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<Page<ApiKey>>> List(ClaimsPrincipal principal, ApiKeyStore keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<ApiKey>([.. (await keys.ListAsync(principal.UserId, cancellationToken)).Select(static k => k.ToKey())], null));

    private static async Task<Results<Created<NewApiKey>, ValidationProblem, ProblemHttpResult>> Create(
        CreateApiKeyRequest request, HttpContext context, ClaimsPrincipal principal, ApiKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.ExpiresAt <= time.GetUtcNow())
        {
            return Problems.Invalid(nameof(request.ExpiresAt), "This time has passed. Give one to come, or none.");
        }

        if (!request.Scopes.All(Enum.IsDefined))
        {
            return Problems.Invalid(nameof(request.Scopes), "Use read, chat, memory, documents and admin.");
        }

        if (request.Scopes.Contains(ApiScope.Admin) && principal.Role < UserRole.Moderator)
        {
            return Problems.Invalid(nameof(request.Scopes), "The scope admin is for administrators and moderators.");
        }

        context.Response.Headers.CacheControl = "no-store";
        return await keys.CreateAsync(context, principal.UserId, request, cancellationToken) is { } key
            ? TypedResults.Created($"/api/me/api-keys/{key.ApiKey.Id}", key)
            : Problems.Conflict($"An account has {ApiKeys.MaxPerAccount} keys at most. Delete one that is not needed.");
    }

    private static async Task<Results<Created<NewApiKey>, ValidationProblem, ProblemHttpResult>> Rotate(
        Guid id, RotateApiKeyRequest request, HttpContext context, ClaimsPrincipal principal, ApiKeys keys, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (outcome, key) = await keys.RotateAsync(context, principal.UserId, id, TimeSpan.FromMinutes(request.OverlapMinutes), cancellationToken);
        return outcome switch
        {
            KeyRotation.Done => TypedResults.Created($"/api/me/api-keys/{key!.ApiKey.Id}", key),
            KeyRotation.ReplacedAlready => Problems.Conflict("This key is being replaced already. Rotate the one that takes its place."),
            KeyRotation.Ended => Problems.Conflict("This key has ended. Make a new one."),
            _ => Problems.NotFound("API key"),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id, HttpContext context, ClaimsPrincipal principal, ApiKeys keys, CancellationToken cancellationToken) =>
        await keys.DeleteAsync(context, principal.UserId, id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("API key");
}
