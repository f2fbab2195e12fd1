using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Inference;

/// <summary>Answers of an engine that says one thing.</summary>
internal static class ChatAnswers
{
    /// <summary>The end of a stream.</summary>
    public const string End = """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An event with a text.</summary>
    public static string Chunk(string text) =>
        $$"""data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"{{text}}"},"finish_reason":null}]}""" + "\n\n";

    /// <summary>Answers each chat with the text.</summary>
    public static RequestDelegate Saying(string text) => async context =>
    {
        if (context.Request.Path == "/v1/chat/completions")
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Chunk(text) + End, context.RequestAborted);
        }
    };

    /// <summary>Asks a model, and gives the text of its answer; an error as it came.</summary>
    public static async Task<string> AskAsync(GatewayHost gateway, string model, params string[] messages)
    {
        var body = new
        {
            model,
            stream = true,
            messages = (messages is [] ? ["Hello"] : messages).Select((text, i) => new { role = i % 2 == 0 ? "user" : "assistant", content = text }),
        };
        using var response = await gateway.Client.PostAsJsonAsync("/v1/chat/completions", body, Cancellation);
        var answer = await response.Content.ReadAsStringAsync(Cancellation);
        var text = answer.Split('\n')
            .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line[6..]))
            .Where(data => data.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0)
            .Select(data => data.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : "");
        return response.IsSuccessStatusCode ? string.Concat(text) : answer;
    }
}
