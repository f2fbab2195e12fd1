using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatApp.Tests.Browser;

/// <summary>The accounts as administrators are given them, and what was done to them.</summary>
internal sealed class FakePeople
{
    private const int PageSize = 30;

    private readonly List<FakePerson> _items = [];

    /// <summary>What was asked to be done, as method, path and body.</summary>
    public ConcurrentQueue<string> Done { get; } = [];

    public FakePerson Add(string name, string role = "user", bool secondFactor = false, bool confirmed = true)
    {
        var person = new FakePerson(Guid.CreateVersion7(), name, $"{name.Replace(' ', '.').ToLowerInvariant()}@example.com", role, confirmed, secondFactor, null, DateTimeOffset.UtcNow.AddDays(-40), DateTimeOffset.UtcNow.AddHours(-3));
        _items.Add(person);
        return person;
    }

    public FakePerson this[Guid id] => _items.Single(person => person.Id == id);

    public void Map(IEndpointRouteBuilder routes)
    {
        const string one = "/api/admin/people/{id:guid}";
        routes.MapGet("/api/admin/people", List);
        routes.MapGet(one, (Guid id) => _items.Find(person => person.Id == id) is { } person ? Results.Ok(person) : Results.Problem(statusCode: 404, detail: "There is no such account."));
        routes.MapPut($"{one}/role", (Guid id, JsonElement body) => this[id].Role == "admin" && _items.Count(person => person.Role == "admin") == 1
            ? Results.Problem(statusCode: 409, detail: "This is the last administrator. Make somebody else one first.")
            : Change($"role {body}", id, person => person with { Role = body.GetProperty("role").GetString()! }));
        routes.MapPut($"{one}/ban", (Guid id, JsonElement body) => body.GetProperty("reason").GetString() is { Length: >= 3 } reason
            ? Change($"ban {body}", id, person => person with { Banned = new(body.TryGetProperty("until", out var until) && until.ValueKind == JsonValueKind.String ? until.GetDateTimeOffset() : null, reason) })
            : Results.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = ["Say it in 3 to 500 characters."] }));
        routes.MapDelete($"{one}/ban", (Guid id) => Change("unban", id, person => person with { Banned = null }));
        routes.MapPost($"{one}/sign-out", (Guid id) => Change("sign-out", id, person => person));
        routes.MapDelete($"{one}/second-factor", (Guid id) => Change("second-factor", id, person => person with { SecondFactor = false }));
        routes.MapGet($"{one}/limits", (Guid id) => Results.Ok(new { this[id].RequestsPerMinute, this[id].TokensPerDay }));
        routes.MapPut($"{one}/limits", (Guid id, JsonElement body) => Limit(id, body));
        routes.MapDelete($"{one}/limits", (Guid id) => Change("no limits", id, person => person with { RequestsPerMinute = null, TokensPerDay = null }));
        routes.MapGet($"{one}/conversations", (Guid id, string reason) =>
        {
            Done.Enqueue($"read conversations {reason}");
            return new { items = new[] { RememberingApi.ConversationAnswer }, nextCursor = (string?)null };
        });
        routes.MapGet("/api/admin/conversations/{id:guid}/messages", (Guid id, string reason) =>
        {
            Done.Enqueue($"read messages {reason}");
            return new { items = new[] { RememberingApi.Message(Guid.CreateVersion7(), "user", "<b>My</b> secret."), RememberingApi.Message(Guid.CreateVersion7(), "assistant", "I keep it.") }, previousCursor = (string?)null };
        });
    }

    private static int? Number(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private IResult Limit(Guid id, JsonElement body) => Number(body, "requestsPerMinute") > 10_000
        ? Results.ValidationProblem(new Dictionary<string, string[]> { ["requestsPerMinute"] = ["At most 10,000 a minute."] })
        : Change($"limits {body}", id, person => person with { RequestsPerMinute = Number(body, "requestsPerMinute"), TokensPerDay = Number(body, "tokensPerDay") });

    private IResult Change(string what, Guid id, Func<FakePerson, FakePerson> change)
    {
        Done.Enqueue(what);
        _items[_items.FindIndex(person => person.Id == id)] = change(this[id]);
        return Results.NoContent();
    }

    private object List(string? query, string? role, bool? banned, string? cursor)
    {
        var found = _items
            .Where(person => query is null || $"{person.Name} {person.Email}".Contains(query, StringComparison.OrdinalIgnoreCase))
            .Where(person => role is null || person.Role == role)
            .Where(person => banned is not true || person.Banned is not null)
            .ToList();
        var start = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        return new { items = found.Skip(start).Take(PageSize), nextCursor = found.Count > start + PageSize ? $"{start + PageSize}" : null };
    }
}
