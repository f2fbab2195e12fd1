using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatApp.Tests.Browser;

/// <summary>Decisions about texts: for moderators all of them, for the one person of the site their own.</summary>
internal sealed class FakeModeration
{
    private readonly List<FakeDecision> _items = [];

    /// <summary>What was asked to be done.</summary>
    public ConcurrentQueue<string> Done { get; } = [];

    /// <summary>The category by which a message with this text is blocked; null for none.</summary>
    public Func<string, string?> Blocks { get; set; } = _ => null;

    /// <summary>The category by which the answer is blocked after its first piece; null for none.</summary>
    public string? AnswerCategory { get; set; }

    public FakeDecision Add(string category, string level, string excerpt, string status = "open", string source = "message", string action = "block", string? appeal = null, string user = "Otto")
    {
        var item = new FakeDecision(Guid.CreateVersion7(), DateTimeOffset.UtcNow.AddMinutes(-_items.Count), source, category, level, action, excerpt, user, status, appeal);
        _items.Add(item);
        return item;
    }

    public FakeDecision this[Guid id] => _items.Single(item => item.Id == id);

    /// <summary>The problem that a blocked message is refused with.</summary>
    public IResult Refuse(string text, string category) => Results.Problem(
        statusCode: 422, title: "Blocked", detail: $"This message was not sent on. Say it in other words, or appeal on your account's page.",
        extensions: new Dictionary<string, object?> { ["code"] = "blocked", ["category"] = category, ["itemId"] = Add(category, "high", text).Id });

    public void Map(IEndpointRouteBuilder routes)
    {
        const string one = "/api/moderation/items/{id:guid}";
        routes.MapGet("/api/moderation/items", (string status) => Page(_items.Where(item => status == "closed" ? item.Status is not ("open" or "appealed") : item.Status == status).Select(ForModerators)));
        routes.MapGet(one, (Guid id) =>
        {
            Done.Enqueue("read");
            return new
            {
                item = ForModerators(this[id]),
                around = new[] { new { role = "assistant", text = "What is it?", at = DateTimeOffset.UtcNow }, new { role = "user", text = "<b>This</b> is around it.", at = DateTimeOffset.UtcNow } },
            };
        });
        routes.MapPost($"{one}/approve", (Guid id) => Decide(id, "approved", "approve"));
        routes.MapPost($"{one}/uphold", (Guid id) => Decide(id, "upheld", "uphold"));
        routes.MapPost($"{one}/ban", (Guid id, JsonElement body) => Decide(id, "banned", $"ban {body}"));
        routes.MapGet("/api/me/moderation", () => Page(_items.Select(item => (object)new { item.Id, item.At, item.Source, item.Category, item.Action, item.Excerpt, item.Status, appeal = item.Said })));
        routes.MapPost("/api/me/moderation/{id:guid}/appeal", (Guid id, JsonElement body) =>
        {
            var text = body.GetProperty("text").GetString()!;
            if (text.Length < 3)
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["text"] = ["Say a little more."] });
            }

            Done.Enqueue($"appeal {text}");
            Change(this[id] with { Status = "appealed", Appeal = text });
            return Results.Accepted();
        });
    }

    public void Change(FakeDecision item) => _items[_items.FindIndex(known => known.Id == item.Id)] = item;

    private static object Page(IEnumerable<object> items) => new { items, nextCursor = (string?)null };

    private static object ForModerators(FakeDecision item) => new
    {
        item.Id, item.At, item.Source, item.Category, item.Level, item.Action, detector = "rules", rule = "list-7", item.Excerpt,
        user = new { id = Guid.NewGuid(), name = item.User }, conversationId = RememberingApi.Conversation, item.Status, appeal = item.Said, policyVersion = 3,
    };

    private IResult Decide(Guid id, string status, string what)
    {
        if (this[id].Status is not ("open" or "appealed"))
        {
            return Results.Problem(statusCode: 409, detail: "Mia decided this a minute ago.");
        }

        Done.Enqueue(what);
        Change(this[id] with { Status = status });
        return Results.NoContent();
    }
}
