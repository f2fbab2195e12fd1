using System.Collections.Concurrent;
using System.Text.Json;
using ChatApp.Tests.Inference;
using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Gateway;

/// <summary>As much of the gateway's administration as a test says, noting what reaches it.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    public const string AdminKey = "a-key-of-administrators";

    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new(StringComparer.Ordinal);
    private LoopbackServer _server = null!;

    public Uri Address => _server.Address;

    /// <summary>Method, path with query, and body of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The settings that point an Api at it.</summary>
    public (string, string)[] Settings =>
        [("Services:inference:http:0", Address.GetLeftPart(UriPartial.Authority)), ("Inference:AdminKey", AdminKey)];

    public static async Task<FakeGateway> StartAsync()
    {
        var gateway = new FakeGateway();
        gateway._server = await LoopbackServer.StartAsync(gateway.AnswerAsync);
        return gateway;
    }

    /// <summary>Answers a request, such as <c>GET /admin/engines</c>, with JSON.</summary>
    public void Answer(string request, string json, int status = 200, int? retryAfter = null) => Answer(request, context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (status == StatusCodes.Status204NoContent)
        {
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    });

    public void Answer(string request, Func<HttpContext, Task> answer) => _answers[request] = answer;

    public static string Error(string code, string message) =>
        JsonSerializer.Serialize(new { error = new { message, type = "invalid_request_error", code, trace_id = "0" } });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var asked = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}";
        Requests.Enqueue($"{asked} {await reader.ReadToEndAsync(context.RequestAborted)}".TrimEnd());
        if (context.Request.Headers.Authorization != $"Bearer {AdminKey}")
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync(Error("invalid_api_key", "Send the key."));
        }
        else if (_answers.TryGetValue(asked, out var answer))
        {
            await answer(context);
        }
        else
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync(Error("not_found", $"There is no {asked}."));
        }
    }
}
