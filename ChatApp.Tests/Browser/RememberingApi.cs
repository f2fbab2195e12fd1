using System.Text.Json;
using ChatApp.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatApp.Tests.Browser;

/// <summary>
/// As much of the Api as the pages about memory and documents need, on a real socket: one character, one conversation, and what a test
/// puts into it.
/// </summary>
internal sealed class RememberingApi : IAsyncDisposable
{
    public static readonly Guid Character = new("00000000-0000-7000-8000-00000000c001");

    public static readonly Guid Conversation = new("00000000-0000-7000-8000-00000000d001");

    /// <summary>The turn of the answer that is stored already.</summary>
    public static readonly Guid StoredTurn = new("00000000-0000-7000-8000-00000000e001");

    /// <summary>The turn of what is said in a test.</summary>
    public static readonly Guid LiveTurn = new("00000000-0000-7000-8000-00000000e002");

    private readonly WebApplication _app;

    private RememberingApi(WebApplication app) => (_app, Settings) = (app, new FakeSettings(Accounts));

    /// <summary>The role of whoever signs up.</summary>
    public string Role
    {
        get => Accounts.Role;
        set => Accounts.Role = value;
    }

    public FakeAccounts Accounts { get; } = new();

    public FakeSettings Settings { get; }

    public FakeMemories Memories { get; } = new();

    public FakeDocuments Documents { get; } = new();

    public FakePeople People { get; } = new();

    public FakeAudit Audit { get; } = new();

    public FakePolicies Policies { get; } = new();

    public FakeModeration Moderation { get; } = new();

    /// <summary>Messages of the conversation, oldest first.</summary>
    public List<object> Messages { get; } = [];

    /// <summary>What each turn recalled, as JSON.</summary>
    public Dictionary<Guid, string> Recalls { get; } = [];

    /// <summary>The prompt of each turn, as JSON; any other is not kept any more.</summary>
    public Dictionary<Guid, string> Prompts { get; } = [];

    /// <summary>The pieces of the answer to what is said.</summary>
    public string[] Answer { get; set; } = ["Ahoy."];

    /// <summary>Set by a test to let the answer go on after its first piece.</summary>
    public TaskCompletionSource AnswerMayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set by a test to end a turn whose answer was blocked.</summary>
    public TaskCompletionSource BlockSeen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Address => new(_app.Urls.Single());

    public static async Task<RememberingApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new RememberingApi(app);
        api.Map();
        await app.StartAsync();
        return api;
    }

    public static object Message(Guid id, string role, string text, Guid? turn = null, int memories = 0, int snippets = 0) => new
    {
        id, parentId = (Guid?)null, turnId = turn, role, text, status = "complete", error = (object?)null, createdAt = DateTimeOffset.UtcNow,
        recalledMemories = memories, recalledSnippets = snippets,
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static object CharacterAnswer => new
    {
        id = Character, slug = "captain", name = "Captain Ada", tagline = "Sails by the stars", description = "Has seen every sea.", greeting = "Ahoy!",
        accentColor = "#2dd4bf", avatar = "A", starters = Array.Empty<string>(),
    };

    public static object ConversationAnswer => new
    {
        id = Conversation, title = "Of boats", character = CharacterAnswer, createdAt = DateTimeOffset.UnixEpoch, updatedAt = DateTimeOffset.UnixEpoch,
        activeTurn = (object?)null, lastMessage = "Ahoy",
    };

    private void Map()
    {
        _app.MapGet("/health", () => "Healthy");
        Accounts.Map(_app);
        Settings.Map(_app);
        _app.MapGet("/api/site", () => new { model = "m", builtInModel = false, notice = (string?)null });
        _app.MapGet("/api/characters", () => new { items = new[] { CharacterAnswer }, nextCursor = (string?)null });
        _app.MapGet("/api/characters/{id:guid}", (Guid id) => id == Character ? Results.Ok(CharacterAnswer) : Results.Problem(statusCode: 404, detail: "There is no such character."));
        _app.MapGet("/api/conversations", () => new { items = new[] { ConversationAnswer }, nextCursor = (string?)null });
        _app.MapGet("/api/conversations/{id:guid}", () => ConversationAnswer);
        _app.MapGet("/api/conversations/{id:guid}/messages", () => new { items = Messages, previousCursor = (string?)null });
        _app.MapPost("/api/conversations/{id:guid}/turns", Say);
        _app.MapGet("/api/turns/{id:guid}/events", EventsAsync);
        _app.MapGet("/api/turns/{id:guid}/recall", (Guid id) => Told(Recalls, id, "There is nothing known of this turn."));
        _app.MapGet("/api/turns/{id:guid}/prompt", (Guid id) => Told(Prompts, id, "The prompt of this answer is no longer kept."));
        Memories.Map(_app);
        Documents.Map(_app);
        People.Map(_app);
        Audit.Map(_app);
        Policies.Map(_app);
        Moderation.Map(_app);
    }

    private static IResult Told(Dictionary<Guid, string> told, Guid id, string otherwise) =>
        told.TryGetValue(id, out var json) ? Results.Content(json, "application/json") : Results.Problem(statusCode: 404, detail: otherwise);

    private IResult Say(JsonElement body)
    {
        var text = body.GetProperty("text").GetString()!;
        if (Moderation.Blocks(text) is { } category)
        {
            return Moderation.Refuse(text, category);
        }

        var (own, answer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Messages.Add(Message(own, "user", text));
        _answer = answer;
        return Results.Json(
            new { id = LiveTurn, userMessageId = own, assistantMessageId = answer, eventsUrl = $"/api/turns/{LiveTurn}/events" }, statusCode: 202);
    }

    private Guid _answer;

    private async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        var (number, length) = (0, 0);
        await SendAsync("accepted", "{}");
        if (Recalls.TryGetValue(LiveTurn, out var recall))
        {
            await SendAsync("recalled", JsonSerializer.Serialize(JsonDocument.Parse(recall)));
        }

        foreach (var piece in Answer)
        {
            length += piece.Length;
            await SendAsync("delta", JsonSerializer.Serialize(new { text = piece }));
            await AnswerMayEnd.Task.WaitAsync(context.RequestAborted);
        }

        if (Moderation.AnswerCategory is { } category)
        {
            const string notice = "This answer was stopped. Ask for another answer, or appeal on your account's page.";
            length = 0;
            Messages.Add(new
            {
                id = _answer, parentId = (Guid?)null, turnId = LiveTurn, role = "assistant", text = "", status = "failed", error = new { code = "blocked", detail = notice }, createdAt = DateTimeOffset.UtcNow,
            });
            await SendAsync("moderated", JsonSerializer.Serialize(new { action = "block", category, notice }));
            await BlockSeen.Task.WaitAsync(context.RequestAborted);
            await SendAsync("failed", JsonSerializer.Serialize(new { code = "blocked", detail = notice }));
            return;
        }

        var recalled = Recalls.TryGetValue(LiveTurn, out var json) ? JsonDocument.Parse(json).RootElement : (JsonElement?)null;
        Messages.Add(Message(
            _answer, "assistant", string.Concat(Answer), LiveTurn, recalled?.GetProperty("memories").GetArrayLength() ?? 0, recalled?.GetProperty("snippets").GetArrayLength() ?? 0));
        await SendAsync("completed", "{}");

        async Task SendAsync(string type, string data)
        {
            await context.Response.WriteAsync($"id: {++number}-{length}\nevent: {type}\ndata: {data}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
