using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatApp.Inference.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>
/// An engine or provider that a test plays, on a real Kestrel at a free loopback port. It judges requests as the real one does,
/// answers in the real one's shapes, and fails when it is told to.
/// </summary>
internal abstract class FakeTarget : IAsyncDisposable
{
    /// <summary>The data of an oversized event.</summary>
    public const int OversizedBytes = 3 * 1024 * 1024;

    private readonly WebApplication _app;
    private int _active;
    private int _connections;
    private int _faultsLeft;
    private InjectedFault _fault = InjectedFault.None;

    protected FakeTarget()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Use(next => connection => CountAsync(next, connection))));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The kind as the gateway is told it.</summary>
    public abstract EngineKind Kind { get; }

    /// <summary>The one model that it serves.</summary>
    public virtual string Model => "fake-1";

    /// <summary>The key that it wants; null when it wants none.</summary>
    public virtual string? Key => "sk-fake-0123456789-of-the-target";

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What goes wrong with the calls from now on; probes are met by it where that is in the fault's nature.</summary>
    public InjectedFault Fault
    {
        get => _fault;
        set => (_fault, _faultsLeft) = (value, value.Times);
    }

    /// <summary>What is answered to a body.</summary>
    public Func<JsonObject, TargetAnswer> Answer { get; set; } = static _ => TargetAnswer.Default;

    /// <summary>Awaited before each event of a stream (its index), so that a test can hold it.</summary>
    public Func<int, CancellationToken, Task>? BeforeEvent { get; set; }

    /// <summary>The time between two bytes of <see cref="TargetFault.SlowBytes"/>, and between two pings.</summary>
    public TimeSpan SlowByteEvery { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>What was asked, probes included.</summary>
    public ConcurrentQueue<TargetRequest> Requests { get; } = new();

    /// <summary>What was asked that an answer of a model was wanted for.</summary>
    public IReadOnlyList<TargetRequest> Calls => [.. Requests.Where(request => IsCall(request.Method, request.Path))];

    /// <summary>Requests that are being answered now.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Connections that are open now.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public static async Task<FakeTarget> StartAsync(EngineKind kind)
    {
        FakeTarget target = kind switch
        {
            EngineKind.LlamaCpp => new LlamaTarget(),
            EngineKind.Ollama => new OllamaTarget(),
            EngineKind.AzureOpenAI => new AzureTarget(),
            EngineKind.Anthropic => new AnthropicTarget(),
            _ => new OpenAITarget(),
        };
        await target._app.StartAsync();
        return target;
    }

    /// <summary>The gateway's settings that make this its engine number so-and-so, serving a model.</summary>
    public (string Key, string Value)[] Settings(int number, string name, string model)
    {
        (string, string)[] settings =
        [
            ($"Engines:{number}:Name", name),
            ($"Engines:{number}:Kind", Kind.ToString()),
            ($"Engines:{number}:Address", Address.GetLeftPart(UriPartial.Authority)),
            ($"Engines:{number}:Model", model),
        ];
        return Key is null ? settings : [.. settings, ($"Engines:{number}:Key", Key)];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether a model is to answer this.</summary>
    protected abstract bool IsCall(string method, string path);

    /// <summary>Whether the request has the key, as this kind takes it.</summary>
    protected abstract bool HasKey(HttpRequest request);

    /// <summary>Whether a path is open to everybody.</summary>
    protected virtual bool IsOpen(string path) => Key is null;

    /// <summary>What the real one would find wrong with a call; null: nothing.</summary>
    protected abstract TargetError? Judge(HttpRequest request, JsonObject body);

    /// <summary>The events of a streamed answer, each with its line ends.</summary>
    protected abstract IReadOnlyList<string> Events(HttpRequest request, JsonObject body, TargetAnswer answer);

    /// <summary>An answer that is not streamed.</summary>
    protected abstract JsonNode Whole(HttpRequest request, JsonObject body, TargetAnswer answer);

    /// <summary>Everything else: probes and lists; null: there is no such path.</summary>
    protected abstract JsonNode? Other(HttpRequest request, JsonObject? body);

    /// <summary>An error's body.</summary>
    protected abstract string ErrorBody(TargetError error);

    /// <summary>An error in mid-stream; null where the kind has no words for it.</summary>
    protected abstract string? ErrorEvent(TargetError error);

    /// <summary>What bounds an answer, by the names that the kind knows.</summary>
    protected virtual IReadOnlyList<string> BoundNames => ["max_completion_tokens", "max_tokens"];

    /// <summary>What keeps a stream alive that has nothing to say.</summary>
    protected virtual string Ping => ": ping\n\n";

    /// <summary>The status of a kind that cannot answer yet.</summary>
    protected virtual int LoadingStatus => StatusCodes.Status503ServiceUnavailable;

    /// <summary>Text that stands for a missing path.</summary>
    protected virtual TargetError NoSuchPath(HttpRequest request) =>
        new(StatusCodes.Status404NotFound, TargetErrorKind.NotFound, $"Invalid URL ({request.Method} {request.Path})");

    private async Task CountAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        if (_fault is { Fault: TargetFault.Refuse, AfterEvents: 0 })
        {
            connection.Abort();
            return;
        }

        Interlocked.Increment(ref _connections);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _active);
        try
        {
            await RouteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller left, which the real ones bear too.
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    private async Task RouteAsync(HttpContext context)
    {
        var request = context.Request;
        var body = await ReadAsync(request, context.RequestAborted);
        Requests.Enqueue(new TargetRequest(
            request.Method,
            request.Path + request.QueryString.ToString(),
            request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));

        var isCall = IsCall(request.Method, request.Path + request.QueryString.ToString());
        var fault = Take(isCall);
        if (fault.Fault == TargetFault.KeyRefused || (!IsOpen(request.Path) && !HasKey(request)))
        {
            await RefuseAsync(context, new TargetError(401, TargetErrorKind.KeyRefused, "Incorrect API key provided."));
        }
        else if (isCall)
        {
            await CallAsync(context, body, fault);
        }
        else if (fault.Fault == TargetFault.Loading)
        {
            await RefuseAsync(context, new TargetError(LoadingStatus, TargetErrorKind.Loading, "Loading model"));
        }
        else if (Other(request, body) is { } found)
        {
            await WriteAsync(context, 200, found.ToJsonString());
        }
        else
        {
            await RefuseAsync(context, NoSuchPath(request));
        }
    }

    private async Task CallAsync(HttpContext context, JsonObject? body, InjectedFault fault)
    {
        if (await FaultScript.BeforeAsync(context, fault, error => RefuseAsync(context, error), LoadingStatus))
        {
            return;
        }

        if (body is null)
        {
            await RefuseAsync(context, new TargetError(400, TargetErrorKind.InvalidRequest, "The body could not be parsed as JSON."));
        }
        else if (Judge(context.Request, body) is { } wrong)
        {
            await RefuseAsync(context, wrong);
        }
        else if (body["stream"] is JsonValue stream && stream.GetValueKind() == JsonValueKind.True)
        {
            var script = new FaultScript(fault, SlowByteEvery, Ping, ErrorEvent(new TargetError(500, TargetErrorKind.Server, "The target failed in mid-stream.")), BeforeEvent);
            await script.StreamAsync(context, Events(context.Request, body, Bounded(body)));
        }
        else
        {
            var script = new FaultScript(fault, SlowByteEvery, Ping, null, BeforeEvent);
            await script.WholeAsync(context, Whole(context.Request, body, Bounded(body)).ToJsonString());
        }
    }

    // A token a piece.
    private TargetAnswer Bounded(JsonObject body)
    {
        var answer = Answer(body);
        var most = BoundNames.Select(name => body[name]).FirstOrDefault(static bound => bound is not null) is { } bound ? (int)bound : int.MaxValue;
        return answer.Pieces.Count <= most ? answer : answer with { Pieces = [.. answer.Pieces.Take(most)], ToolCalls = [], FinishReason = "length" };
    }

    // Probes meet what a whole process would suffer from, and use none of it up.
    private InjectedFault Take(bool isCall)
    {
        if (!isCall)
        {
            return _fault is { AfterEvents: 0, Fault: TargetFault.Loading or TargetFault.KeyRefused } && Volatile.Read(ref _faultsLeft) > 0 ? _fault : InjectedFault.None;
        }

        return _fault.Fault != TargetFault.None && Interlocked.Decrement(ref _faultsLeft) >= 0 ? _fault : InjectedFault.None;
    }

    private Task RefuseAsync(HttpContext context, TargetError error)
    {
        if (error.Kind == TargetErrorKind.TooManyRequests)
        {
            context.Response.Headers.RetryAfter = "2";
        }

        return WriteAsync(context, error.Status, ErrorBody(error));
    }

    private static async Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body.StartsWith('{') || body.StartsWith('[') ? "application/json" : "text/plain";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private static async Task<JsonObject?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return HttpMethods.IsPost(request.Method) ? await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
