using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Api;

/// <summary>One call of the engine, and what the test has it answer.</summary>
internal sealed class EngineCall(string body, IHeaderDictionary headers, CancellationToken aborted)
{
    private readonly Channel<Func<HttpResponse, Task>> _script = Channel.CreateUnbounded<Func<HttpResponse, Task>>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JsonNode Request { get; } = JsonNode.Parse(body)!;

    /// <summary>What the gateway is told besides, by the header's name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } = headers.ToDictionary(static h => h.Key, static h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>What the model was given, as "role: text" lines.</summary>
    public IReadOnlyList<string> Prompt => [.. Request["messages"]!.AsArray().Select(static m => $"{m!["role"]}: {Text(m["content"]!)}")];

    /// <summary>Ends when the caller has closed the request before it was answered.</summary>
    public Task Closed => _closed.Task;

    public void Say(string piece) => Do(response => WriteAsync(response, new { content = piece }, null));

    public void Finish(string reason = "stop")
    {
        Do(response => WriteAsync(response, new { }, reason));
        Do(static response => response.WriteAsync(
            """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"scripted","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}""" + "\n\n"));
        Do(static response => response.WriteAsync("data: [DONE]\n\n"));
        _script.Writer.Complete();
    }

    /// <summary>Breaks the connection in mid-answer.</summary>
    public void Break()
    {
        Do(static response =>
        {
            response.HttpContext.Abort();
            return Task.CompletedTask;
        });
        _script.Writer.Complete();
    }

    /// <summary>Answers with an error before anything else was said.</summary>
    public void Refuse(int status, string message, string? code = null, int? retryAfter = null)
    {
        Do(response =>
        {
            response.StatusCode = status;
            response.ContentType = "application/json";
            response.Headers.RetryAfter = retryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return response.WriteAsync(JsonSerializer.Serialize(new { error = new { code = code ?? (object)status, message, type = "error" } }));
        });
        _script.Writer.Complete();
    }

    /// <summary>Ends in mid-answer as the gateway does when no engine goes on: with an error as the last event, and nothing after it.</summary>
    public void BreakOff()
    {
        Do(static response => response.WriteAsync(
            """data: {"error":{"message":"The engine 'gpu-1' broke off.","type":"engine_error","code":"engine_failed","trace_id":"0"}}""" + "\n\n"));
        _script.Writer.Complete();
    }

    public async Task PlayAsync(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        try
        {
            await foreach (var step in _script.Reader.ReadAllAsync(aborted))
            {
                await step(response);
                await response.Body.FlushAsync(aborted);
            }
        }
        catch (OperationCanceledException)
        {
            _closed.TrySetResult();
        }
    }

    private static string Text(JsonNode content) =>
        content is JsonArray parts ? string.Concat(parts.Select(static p => (string?)p!["text"])) : (string)content!;

    private static Task WriteAsync(HttpResponse response, object delta, string? finishReason) => response.WriteAsync(
        "data: " + JsonSerializer.Serialize(new
        {
            id = "c",
            @object = "chat.completion.chunk",
            created = 1,
            model = "scripted",
            choices = new[] { new { index = 0, delta, finish_reason = finishReason } },
        }) + "\n\n");

    private void Do(Func<HttpResponse, Task> step) => Assert.True(_script.Writer.TryWrite(step));
}
