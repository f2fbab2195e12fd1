using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatApp.Tests.Api;

/// <summary>An OpenAI-compatible engine that says what a test tells it, when the test tells it.</summary>
internal sealed class ScriptedEngine : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<EngineCall> _calls = Channel.CreateUnbounded<EngineCall>();

    private ScriptedEngine(WebApplication app) => _app = app;

    /// <summary>Who has been forgotten, as the gateway's administration is asked to.</summary>
    public ConcurrentQueue<string> Forgotten { get; } = new();

    /// <summary>Whether callers can be forgotten at the moment.</summary>
    public bool Forgets { get; set; } = true;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Whether a call has come in that no test has asked for yet.</summary>
    public bool HasCall => _calls.Reader.Count > 0;

    public static async Task<ScriptedEngine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var engine = new ScriptedEngine(app);
        app.MapGet("/v1/models", static () => new { data = Array.Empty<object>() });
        app.MapDelete("/admin/callers/{caller}", engine.Forget);
        app.MapPost("/v1/chat/completions", engine.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return engine;
    }

    /// <summary>The next call that comes in, which the test then answers.</summary>
    public async Task<EngineCall> NextCallAsync() =>
        await _calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Answers the next call with these pieces and a good end.</summary>
    public async Task<EngineCall> AnswerNextAsync(params string[] pieces)
    {
        var call = await NextCallAsync();
        foreach (var piece in pieces)
        {
            call.Say(piece);
        }

        call.Finish();
        return call;
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Writer.TryComplete();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private IResult Forget(string caller)
    {
        if (!Forgets)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        Forgotten.Enqueue(caller);
        return Results.NoContent();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var call = new EngineCall(await reader.ReadToEndAsync(context.RequestAborted), context.Request.Headers, context.RequestAborted);
        await _calls.Writer.WriteAsync(call);
        await call.PlayAsync(context.Response);
    }
}
