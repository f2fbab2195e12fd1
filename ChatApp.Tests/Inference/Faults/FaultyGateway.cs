using System.Text;
using System.Text.Json;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Placement;
using ChatApp.Tests.Inference.Targets;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Inference.Faults;

/// <summary>A gateway whose model has a chain of two targets: the first fails as a test says, the second is well.</summary>
internal sealed class FaultyGateway : IAsyncDisposable
{
    /// <summary>How long a target may be silent here.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(800);

    /// <summary>How long any call may take: two silences and a busy machine.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    private const string Model = "chained";

    private bool _isKilled;

    private FaultyGateway(FakeTarget first, FakeTarget second, GatewayHost gateway) => (First, Second, Gateway) = (first, second, gateway);

    public FakeTarget First { get; }

    public FakeTarget Second { get; }

    public GatewayHost Gateway { get; }

    public EngineLoads Loads => Gateway.Services.GetRequiredService<EngineLoads>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<FaultyGateway> StartAsync(EngineKind kind, InjectedFault fault, params (string Key, string Value)[] settings)
    {
        var first = await FakeTarget.StartAsync(kind);
        var second = await FakeTarget.StartAsync(EngineKind.OpenAI);
        second.Answer = static _ => new TargetAnswer(["Second", " answers"]);
        first.Fault = fault;
        first.SlowByteEvery = TimeSpan.FromMilliseconds(20);
        var gateway = await GatewayHost.StartAsync([
            .. first.Settings(0, "first", ""),
            .. second.Settings(1, "second", ""),
            ("Gateway:Models:0:Name", Model),
            ("Gateway:Models:0:Targets:0:Engine", "first"),
            ("Gateway:Models:0:Targets:0:Model", first.Model),
            ("Gateway:Models:0:Targets:1:Engine", "second"),
            ("Gateway:Models:0:Targets:1:Model", second.Model),
            ("Gateway:Models:0:Targets:1:Priority", "1"),
            // Told, so that nobody asks for it in the background over connections of its own.
            ("Engines:0:Concurrency", "64"),
            ("Engines:1:Concurrency", "64"),
            ("Gateway:FirstTokenTimeout", Silence.ToString()),
            ("Gateway:IdleTimeout", Silence.ToString()),
            ("Gateway:ActivityTimeout", Silence.ToString()),
            ("Gateway:LoadingPatience", "00:00:00"),
            .. settings]);
        return new FaultyGateway(first, second, gateway);
    }

    /// <summary>Asks, and reads the answer to its end.</summary>
    public async Task<CallerAnswer> AskAsync(bool stream, string? deadline = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Bound);
        using var response = await SendAsync(stream, deadline, limit.Token);
        return new CallerAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token), response.Headers.RetryAfter?.Delta);
    }

    public Task<HttpResponseMessage> SendAsync(bool stream, string? deadline, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new { model = Model, max_tokens = 20, stream, messages = new[] { new { role = "user", content = "Hi" } } });
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (deadline is not null)
        {
            request.Headers.Add("ChatApp-Deadline", deadline);
        }

        return Gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Waits until no call is left anywhere: none that a target answers, none that has a place or waits for one.</summary>
    /// <param name="connections">How many connections to the first target may stay open for the next call.</param>
    public Task SettledAsync(int connections) => Until.TrueAsync(() =>
        First.Active == 0
        && Second.Active == 0
        && First.Connections <= connections
        && Loads.Of("first") is { InFlight: 0, Queued: 0, TokensInFlight: 0 }
        && Loads.Of("second") is { InFlight: 0, Queued: 0, TokensInFlight: 0 });

    /// <summary>Ends the first target, so that nobody listens there any more.</summary>
    public async Task KillFirstAsync()
    {
        _isKilled = true;
        await First.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        if (!_isKilled)
        {
            await First.DisposeAsync();
        }

        await Second.DisposeAsync();
    }
}
