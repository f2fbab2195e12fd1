using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Memory.Index.Following;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Memory.Index;

internal static class MemoryIndexEndpoints
{
    private const string Route = "/api/admin/memory-index";

    public static void MapMemoryIndex(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Route).WithTags("Admin").RequireAuthorization(Policies.Admin).TakesKeys(ApiScope.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);

        group.MapGet("", Get)
            .WithName("GetMemoryIndex").WithSummary("What finds memories, how it is, and how far a rebuild has got.");
        group.MapPost("/rebuild", Rebuild)
            .WithName("RebuildMemoryIndex").WithSummary("Builds the index again from the database, while it goes on answering. One that is going on goes on.");
    }

    private static async Task<Ok<MemoryIndexStatus>> Get(MemoryIndexReport report, CancellationToken cancellationToken) =>
        TypedResults.Ok(await report.ReadAsync(cancellationToken));

    private static async Task<Accepted<MemoryIndexStatus>> Rebuild(
        MemoryIndexStore store, MemoryIndexReport report, CancellationToken cancellationToken)
    {
        await store.RequestAsync(cancellationToken);
        return TypedResults.Accepted(Route, await report.ReadAsync(cancellationToken));
    }
}
