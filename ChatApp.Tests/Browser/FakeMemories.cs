using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatApp.Tests.Browser;

/// <summary>One person's memories, which a test fills and looks at.</summary>
internal sealed class FakeMemories
{
    private const int PageSize = 30;

    public List<FakeMemory> Items { get; } = [];

    public bool Remembers { get; set; } = true;

    public bool StaysInside { get; set; }

    /// <summary>What the next change is refused with; null for none.</summary>
    public string? Refusal { get; set; }

    public FakeMemory Add(string text, string kind = "message", string speaker = "user", bool pinned = false, int minutesAgo = 0)
    {
        var memory = new FakeMemory(
            Guid.CreateVersion7(), kind, speaker, text, DateTimeOffset.UtcNow.AddMinutes(-minutesAgo), pinned, kind == "note" ? null : RememberingApi.Conversation);
        Items.Insert(0, memory);
        return memory;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/characters/{id:guid}/memory", Settings);
        routes.MapPut("/api/characters/{id:guid}/memory", (JsonElement body) => Try(() =>
        {
            Remembers = body.GetProperty("remembers").GetBoolean();
            StaysInside = body.GetProperty("staysInside").GetBoolean();
            return Results.Ok(Settings());
        }));
        routes.MapGet("/api/characters/{id:guid}/memories", List);
        routes.MapPost("/api/characters/{id:guid}/memories", (JsonElement body) => Try(() => Results.Json(
            Add(body.GetProperty("text").GetString()!, "note", pinned: body.GetProperty("pinned").GetBoolean()), statusCode: 201)));
        routes.MapPatch("/api/characters/{id:guid}/memories/{memory:guid}", (Guid memory, JsonElement body) => Try(() =>
        {
            var place = Items.FindIndex(item => item.Id == memory);
            if (Value(body, "text") is { } text)
            {
                Items[place] = Items[place] with { Text = text.GetString()!, Kind = "note", ConversationId = null };
            }

            if (Value(body, "pinned") is { } pinned)
            {
                Items[place] = Items[place] with { Pinned = pinned.GetBoolean() };
            }

            return Results.Ok(Items[place]);
        }));
        routes.MapDelete("/api/characters/{id:guid}/memories/{memory:guid}", (Guid memory) => Try(() =>
            Items.RemoveAll(item => item.Id == memory) > 0 ? Results.NoContent() : Results.Problem(statusCode: 404)));
        routes.MapDelete("/api/characters/{id:guid}/memories", () => Try(() =>
        {
            Items.Clear();
            return Results.NoContent();
        }));
        routes.MapGet("/api/characters/{id:guid}/memories/export", (HttpContext context) =>
        {
            context.Response.Headers.ContentDisposition = "attachment; filename=memories.json";
            return Results.Json(Items);
        });
    }

    private static JsonElement? Value(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private object Settings() => new { remembers = Remembers, staysInside = StaysInside, total = Items.Count, pinned = Items.Count(item => item.Pinned) };

    private object List(string? q, bool? pinned, string? cursor)
    {
        var found = Items
            .Where(item => pinned is null || item.Pinned == pinned)
            .Where(item => q is null || item.Text.Contains(q, StringComparison.OrdinalIgnoreCase))
            .Select(item => q is null ? item : item with { Reasons = [$"words: {q}"] })
            .ToList();
        var start = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        return new { items = found.Skip(start).Take(PageSize), nextCursor = found.Count > start + PageSize ? $"{start + PageSize}" : null };
    }

    private IResult Try(Func<IResult> act)
    {
        if (Refusal is not { } detail)
        {
            return act();
        }

        Refusal = null;
        return Results.Problem(statusCode: 409, detail: detail);
    }
}
