using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatApp.Tests.Web;

/// <summary>As much of the Api as the site's own behaviour needs, on a real socket, noting what reaches it.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    public const string Password = FakeAccounts.Password;

    /// <summary>With this one no conversation can be started.</summary>
    public static readonly Guid BusyCharacter = new("00000000-0000-7000-8000-000000000429");

    /// <summary>The one that is started with any other.</summary>
    public static readonly Guid NewConversation = new("00000000-0000-7000-8000-000000000001");

    private readonly WebApplication _app;
    private readonly List<Seen> _seen = [];
    private readonly Lock _gate = new();
    private long _bodyBytes;

    private FakeApi(WebApplication app) => _app = app;

    /// <summary>Set by a test to let the event stream go on to its second event.</summary>
    public TaskCompletionSource StreamMayGoOn { get; private set; } = NewSignal();

    /// <summary>Completes when the reader of the event stream went away.</summary>
    public TaskCompletionSource StreamWasLeft { get; private set; } = NewSignal();

    /// <summary>How much of a body has come so far, where one is posted to something of somebody's.</summary>
    public long BodyBytes => Interlocked.Read(ref _bodyBytes);

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IReadOnlyList<Seen> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _seen];
            }
        }
    }

    public FakeAccounts Accounts { get; } = new();

    public static string TokenOf(string email) => FakeAccounts.TokenOf(email);

    public static async Task<FakeApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new FakeApi(app);
        api.Map();
        await app.StartAsync();
        return api;
    }

    public void ResetStream() => (StreamMayGoOn, StreamWasLeft) = (NewSignal(), NewSignal());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Map()
    {
        _app.Use(async (context, next) =>
        {
            if (context.Request.Path == "/health")
            {
                return; // The site asks now and then, which is no request of a visitor.
            }

            lock (_gate)
            {
                var headers = context.Request.Headers;
                _seen.Add(new Seen(context.Request.Method, context.Request.Path, headers.Authorization.ToString(), headers.Cookie.ToString()));
            }

            await next(context);
        });
        Accounts.Map(_app);
        _app.MapGet("/api/whoami", (HttpContext context) => Accounts.Find(context) is { } session ? Results.Text(session.Email) : FakeAccounts.SignedOut());
        _app.MapGet("/api/characters", () => new { items = Array.Empty<object>(), nextCursor = (string?)null });
        _app.MapPost("/api/conversations", (JsonElement body) => body.GetProperty("characterId").GetGuid() == BusyCharacter
            ? Results.Problem(statusCode: 429, detail: "Not so fast.")
            : Results.Content(StubApi.Conversation(NewConversation, "", "2026-01-01T00:00:00Z"), "application/json", statusCode: 201));
        _app.Map("/api/echo", async (HttpRequest request, CancellationToken stop) => Results.Text(await new StreamReader(request.Body).ReadToEndAsync(stop)));
        _app.MapPost("/api/{owners}/{id:guid}/{**rest}", TakeBodyAsync);
        _app.MapGet("/api/turns/1/events", StreamAsync);
        _app.UseWebSockets();
        _app.MapGet("/api/ws", EchoAsync);
    }

    private async Task<long> TakeBodyAsync(HttpRequest request, CancellationToken stop)
    {
        Interlocked.Exchange(ref _bodyBytes, 0);
        var buffer = new byte[64 * 1024];
        while (await request.Body.ReadAsync(buffer, stop) is > 0 and var read)
        {
            Interlocked.Add(ref _bodyBytes, read);
        }

        return BodyBytes;
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        try
        {
            await context.Response.WriteAsync("id: 1-1\nevent: delta\ndata: {\"text\":\"a\"}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await StreamMayGoOn.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("id: 2-1\nevent: completed\ndata: {}\n\n", context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            StreamWasLeft.TrySetResult();
        }
    }

    // Answers the first message with the token and itself.
    private static async Task EchoAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length == 0)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
        var answer = Encoding.UTF8.GetBytes($"{authorization} {Encoding.UTF8.GetString(buffer, 0, received.Count)}");
        await socket.SendAsync(answer, WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        await socket.ReceiveAsync(buffer, context.RequestAborted);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }

    /// <summary>A request as it reached the Api.</summary>
    public sealed record Seen(string Method, string Path, string Authorization, string Cookie);
}
