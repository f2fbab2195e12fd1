using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference;

/// <summary>Complete answers in OpenAI's shape, as an engine that a test plays gives them.</summary>
internal static class EngineAnswer
{
    public const string Done = "data: [DONE]\n\n";

    public const string Finish = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    /// <summary>One event with a piece of text.</summary>
    public static string Event(string text) =>
        $$$"""data: {"id":"1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"{{{text}}}"},"finish_reason":null}]}""" + "\n\n";

    /// <summary>A whole answer that is not streamed.</summary>
    public static string Json(string text) =>
        $$$"""{"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""";

    /// <summary>Answers as the call wants it: a chat, streamed or not, or an embedding.</summary>
    public static async Task WriteAsync(HttpContext context, string text = "Hello")
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (context.Request.Path.Value!.EndsWith("/embeddings", StringComparison.Ordinal))
        {
            await WriteJsonAsync(context, """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5]}],"model":"m"}""");
        }
        else if (body.Contains("\"stream\":true", StringComparison.Ordinal))
        {
            await WriteEventsAsync(context, Event(text), Finish, Done);
        }
        else
        {
            await WriteJsonAsync(context, Json(text));
        }
    }

    /// <summary>Answers with these events.</summary>
    public static async Task WriteEventsAsync(HttpContext context, params string[] events)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        foreach (var one in events)
        {
            await context.Response.WriteAsync(one, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>Answers with this JSON.</summary>
    public static Task WriteJsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }
}
