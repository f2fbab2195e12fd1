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
    public const string Password = "correct horse";

    public static readonly DateTimeOffset TokenEnd = new(2099, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly List<Seen> _seen = [];
    private readonly Lock _gate = new();

    private FakeApi(WebApplication app) => _app = app;

    /// <summary>Set by a test to let the event stream go on to its second event.</summary>
    public TaskCompletionSource StreamMayGoOn { get; private set; } = NewSignal();

    /// <summary>Completes when the reader of the event stream went away.</summary>
    public TaskCompletionSource StreamWasLeft { get; private set; } = NewSignal();

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

    public static string TokenOf(string email) => $"token.of.{email}";

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

    private static object SessionOf(string email) => new
    {
        accessToken = TokenOf(email),
        expiresAt = TokenEnd,
        user = new { id = Guid.CreateVersion7(), name = "Nora", email, role = "user" },
    };

    private void Map()
    {
        _app.Use(async (context, next) =>
        {
            lock (_gate)
            {
                var headers = context.Request.Headers;
                _seen.Add(new Seen(context.Request.Method, context.Request.Path, headers.Authorization.ToString(), headers.Cookie.ToString()));
            }

            await next(context);
        });
        _app.MapPost("/api/auth/sign-in", (JsonElement body) => body.GetProperty("password").GetString() == Password
            ? Results.Ok(SessionOf(body.GetProperty("email").GetString()!))
            : Results.Problem(statusCode: 401, detail: "The e-mail address or the password is wrong."));
        _app.MapPost("/api/auth/sign-up", (JsonElement body) => body.GetProperty("email").GetString() switch
        {
            "taken@example.com" => Results.Problem(statusCode: 409, detail: "Someone already signed up with this e-mail address."),
            "odd@example.com" => Results.ValidationProblem(new Dictionary<string, string[]> { ["password"] = ["This password is on a list of stolen ones."] }),
            var email => Results.Json(SessionOf(email!), statusCode: 201),
        });
        _app.MapGet("/api/characters", () => new { items = Array.Empty<object>(), nextCursor = (string?)null });
        _app.Map("/api/echo", async (HttpRequest request, CancellationToken stop) => Results.Text(await new StreamReader(request.Body).ReadToEndAsync(stop)));
        _app.MapGet("/api/turns/1/events", StreamAsync);
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

    /// <summary>A request as it reached the Api.</summary>
    public sealed record Seen(string Method, string Path, string Authorization, string Cookie);
}
