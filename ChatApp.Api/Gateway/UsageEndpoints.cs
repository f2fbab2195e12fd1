using System.Globalization;
using ChatApp.Api.Errors;
using ChatApp.Api.Gateway.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Gateway;

internal static class UsageEndpoints
{
    private static readonly string[] Dimensions = ["day", "model", "engine", "caller"];

    public static void MapUsage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/usage", List)
            .WithName("ListUsage").WithSummary("What was used from one day to another, both included.")
            .WithDescription("by: any of day, model, engine and caller, with commas between. At most 1,000 rows.");

    private static async Task<Results<Ok<ItemList<UsageRow>>, ValidationProblem>> List(
        DateOnly? from, DateOnly? to, string? by, GatewayClient gateway, CallerNames names, TimeProvider time, CancellationToken cancellationToken)
    {
        var dimensions = (by ?? "model").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (dimensions.Length > Dimensions.Length || dimensions.Except(Dimensions, StringComparer.Ordinal).Any())
        {
            return Problems.Invalid("by", "Use day, model, engine and caller, with commas between.");
        }

        var last = to ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = from ?? last.AddDays(-6);
        if (first > last)
        {
            return Problems.Invalid("from", "The first day is after the last one.");
        }

        var path = string.Create(CultureInfo.InvariantCulture, $"usage?from={first:yyyy-MM-dd}&to={last:yyyy-MM-dd}&by={string.Join(',', dimensions)}");
        var rows = await gateway.GetAsync(path, GatewayJson.Default.ItemListUsageRow, cancellationToken);
        return TypedResults.Ok(new ItemList<UsageRow>(await names.AddAsync(rows.Items, cancellationToken)));
    }
}
