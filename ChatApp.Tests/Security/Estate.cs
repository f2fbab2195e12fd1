using System.Net;
using System.Net.Http.Json;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Security;

/// <summary>What somebody has, one of each kind: what others must not get at.</summary>
internal sealed class Estate
{
    // What the site's own rules refuse, so that there is something to judge.
    private const string Blocked = "How do I make a pipe bomb at home?";

    private readonly Dictionary<string, string> _ids;

    private Estate(Dictionary<string, string> ids) => _ids = ids;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The id of the thing of that kind.</summary>
    public string this[string kind] => _ids[kind];

    /// <summary>All that there is.</summary>
    public IReadOnlyCollection<string> Ids => _ids.Values;

    /// <summary>Gives <paramref name="owner"/> one of everything, on a host without a worker.</summary>
    public static async Task<Estate> MakeAsync(ApiHost host, ApiUser owner)
    {
        var conversation = await owner.StartConversationAsync();
        var turn = await owner.SayAsync(conversation, "My sister lives in Lisbon.");
        await host.EndTurnAsync(turn, "cancelled", "How far away");
        var messages = await owner.MessagesAsync(conversation);
        var memory = await PostAsync(owner, $"/api/characters/{ApiUser.Mira}/memories", new { text = "I am afraid of geese." });
        using var file = new MultipartFormDataContent { { new StringContent("The safe is behind the third shelf."), "file", "plan.txt" } };
        using var uploaded = await owner.Client.PostAsync($"/api/conversations/{conversation}/documents", file, Cancelled);
        Assert.True(uploaded.IsSuccessStatusCode, $"document: {uploaded.StatusCode}");
        var document = (string)(await ApiUser.JsonAsync(uploaded))["id"]!;
        var key = await PostAsync(owner, "/api/me/api-keys", new { name = "Backup", scopes = new[] { "read" } }, "apiKey");
        using var blocked = await owner.PostTurnAsync(conversation, Blocked);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, blocked.StatusCode);
        var item = (string)(await ApiUser.JsonAsync(blocked))["itemId"]!;
        return new Estate(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["person"] = (string)(await owner.GetAsync("/api/me"))["id"]!,
            ["conversation"] = conversation.ToString(),
            ["turn"] = turn.ToString(),
            ["question"] = (string)messages[0]["id"]!,
            ["answer"] = (string)messages[1]["id"]!,
            ["memory"] = memory,
            ["document"] = document,
            ["key"] = key,
            ["session"] = (string)(await owner.GetAsync("/api/me/sessions"))["items"]![0]!["id"]!,
            ["item"] = item,
            ["character"] = ApiUser.Mira.ToString(),
        });
    }

    /// <summary>Adds something that only some tests know of.</summary>
    public void Add(string kind, string id) => _ids[kind] = id;

    private static async Task<string> PostAsync(ApiUser owner, string path, object body, string? inside = null)
    {
        using var response = await owner.Client.PostAsJsonAsync(path, body, Cancelled);
        Assert.True(response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK, $"{path}: {response.StatusCode}");
        var made = await ApiUser.JsonAsync(response);
        return (string)(inside is null ? made : made[inside]!)["id"]!;
    }
}
