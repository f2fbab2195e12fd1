using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatApp.Tests.Browser;

/// <summary>An audit log of so many entries, newest first.</summary>
internal sealed class FakeAudit
{
    private const int PageSize = 30;

    public static readonly Guid Actor = new("00000000-0000-7000-8000-00000000a001");

    /// <summary>The queries that it was asked.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public int Count { get; set; } = 40;

    /// <summary>Where the chain is broken; null where it is whole.</summary>
    public long? BrokenAt { get; set; }

    /// <summary>Set by a test to let a verification end.</summary>
    public TaskCompletionSource MayEnd { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/admin/audit", (HttpRequest request, string? action, string? cursor) =>
        {
            Asked.Enqueue(request.QueryString.Value ?? "");
            var first = cursor is null ? Count : int.Parse(cursor, CultureInfo.InvariantCulture);
            var shown = action is null ? PageSize : 1;
            var items = Enumerable.Range(0, Math.Min(shown, first)).Select(step => Entry(first - step, action));
            return new { items, nextCursor = action is null && first > PageSize ? $"{first - PageSize}" : null };
        });
        routes.MapGet("/api/admin/audit/verification", () => Results.Problem(statusCode: 404, detail: "There is no verification yet."));
        routes.MapPost("/api/admin/audit/verification", async (CancellationToken stop) =>
        {
            await MayEnd.Task.WaitAsync(stop);
            return new
            {
                ok = BrokenAt is null, @checked = Count, from = DateTimeOffset.Parse("2026-11-01T08:00:00Z", CultureInfo.InvariantCulture),
                to = DateTimeOffset.Parse("2026-11-20T09:30:00Z", CultureInfo.InvariantCulture), brokenAt = BrokenAt, at = DateTimeOffset.UtcNow,
            };
        });
    }

    private static object Entry(int id, string? action) => new
    {
        id, at = DateTimeOffset.Parse("2026-11-20T09:30:00Z", CultureInfo.InvariantCulture).AddMinutes(id - 40),
        actor = new { kind = id % 5 == 0 ? "system" : "person", id = id % 5 == 0 ? (Guid?)null : Actor, name = id % 5 == 0 ? null : "Nora" },
        action = action ?? (id % 2 == 0 ? "account.signed_in" : "role.changed"), subjectKind = "account", subjectId = Actor.ToString(), address = "192.0.2.7",
        detail = new Dictionary<string, string> { ["from"] = "user", ["reason"] = "<img src=x onerror=\"window.pwned=1\">" },
    };
}
