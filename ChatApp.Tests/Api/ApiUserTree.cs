using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatApp.Tests.Api;

/// <summary>What a user does in a conversation's tree.</summary>
internal static class ApiUserTree
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> EditAsync(this ApiUser user, Guid conversation, Guid message, string text, string? key = null) =>
        user.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/turns", new { text, editOf = message }, key);

    public static Task<HttpResponseMessage> RegenerateAsync(this ApiUser user, Guid conversation, Guid message, string? key = null) =>
        user.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages/{message}/regenerate", null, key);

    public static Task<HttpResponseMessage> ContinueAsync(this ApiUser user, Guid conversation, Guid message, string? key = null) =>
        user.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages/{message}/continue", null, key);

    public static Task<HttpResponseMessage> ShowAsync(this ApiUser user, Guid conversation, Guid message) =>
        user.SendAsync(HttpMethod.Put, $"/api/conversations/{conversation}/current-message", new { messageId = message });

    public static Task<HttpResponseMessage> BranchAsync(this ApiUser user, Guid conversation, Guid message) =>
        user.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/branches", new { messageId = message });

    /// <summary>Sends JSON, or no body at all.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this ApiUser user, HttpMethod method, string path, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await user.Client.SendAsync(request, Cancelled);
    }

    /// <summary>The answer's body, once it has this status.</summary>
    public static async Task<JsonNode> JsonAsync(this Task<HttpResponseMessage> sent, HttpStatusCode expected)
    {
        using var response = await sent;
        var body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode == expected, $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri}: {response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    /// <summary>Says something, has it answered, and gives the turn.</summary>
    public static async Task<JsonNode> TalkAsync(this ApiUser user, ScriptedEngine engine, Guid conversation, string text, string answer)
    {
        var turn = await user.PostTurnAsync(conversation, text).JsonAsync(HttpStatusCode.Accepted);
        await engine.AnswerNextAsync(answer);
        await user.EventsAsync((Guid)turn["id"]!);
        return turn;
    }

    /// <summary>What the conversation shows, as texts.</summary>
    public static async Task<IEnumerable<string>> TextsAsync(this ApiUser user, Guid conversation) =>
        (await user.MessagesAsync(conversation)).Select(static m => (string)m["text"]!);
}
