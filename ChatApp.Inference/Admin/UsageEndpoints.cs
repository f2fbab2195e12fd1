using System.Globalization;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Metering;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Inference.Admin;

/// <summary><c>GET /admin/usage</c>: what calls took, by day, model, engine and caller.</summary>
internal static class UsageEndpoints
{
    private const int MaximumItems = 1000;
    private const int MaximumDays = 3660;
    private const int DefaultDays = 7;

    public static void MapUsage(this IEndpointRouteBuilder admin) => admin.MapGet("/usage", ListAsync);

    private static async Task ListAsync(
        HttpContext context, UsageReport report, IOptions<MeteringOptions> options, TimeProvider time, string? from = null, string? to = null, string? by = null)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var last = to is null ? today : Day(to);
        var first = from is null ? last?.AddDays(1 - DefaultDays) : Day(from);
        if (first is not { } begin || last is not { } end || begin > end || end.DayNumber - begin.DayNumber > MaximumDays)
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest(
                $"'from' and 'to' must be days such as 2026-11-01, the first not after the last, and at most {MaximumDays} days apart. Without them it is the last {DefaultDays} days."));
            return;
        }

        if (Grouping(by ?? "day,model") is not { } grouping)
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest("'by' must be some of day, model, engine and caller, with commas between them."));
            return;
        }

        try
        {
            // One more than is told, to know whether there are more.
            var lines = await report.ReadAsync(begin, end, grouping, MaximumItems + 1, context.RequestAborted);
            var list = new UsageList(
                [.. lines.Take(MaximumItems).Select(line => UsageItem.Of(line, options.Value.Currency))],
                lines.Count > MaximumItems);
            await context.Response.WriteAsJsonAsync(list, MeteringJson.Default.UsageList, contentType: null, context.RequestAborted);
        }
        catch (NpgsqlException)
        {
            await GatewayErrors.WriteAsync(context, MeteringErrors.DatabaseAway);
        }
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static UsageGrouping? Grouping(string by)
    {
        var grouping = UsageGrouping.None;
        foreach (var part in by.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            UsageGrouping? known = part switch
            {
                "day" => UsageGrouping.Day,
                "model" => UsageGrouping.Model,
                "engine" => UsageGrouping.Engine,
                "caller" => UsageGrouping.Caller,
                _ => null,
            };
            if (known is null)
            {
                return null;
            }

            grouping |= known.Value;
        }

        return grouping;
    }
}
