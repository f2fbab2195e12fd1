using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Models;
using ChatApp.Inference.Placement;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Inference.Admission;

public sealed class AdmissionGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_MoreCallsThanPlaces_AllAreAnsweredAndNeverTooManyAtOnce()
    {
        await using var engine = await HeldEngine.StartAsync();
        await using var gateway = await StartAsync([engine], places: 3);
        engine.LetGo(40);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => WholeAsync(gateway, $"caller {i % 5}")));

        Assert.All(answers, static status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(40, engine.Calls);
        Assert.InRange(engine.Most, 1, 3);
        await IsEmptyAsync(gateway, "engine-0");
    }

    [Fact]
    public async Task Chat_QueueIsFull_Is429WithRetryAfter()
    {
        await using var engine = await HeldEngine.StartAsync();
        await using var gateway = await StartAsync([engine], places: 1, ("Gateway:MaxQueuePerEngine", "1"));
        var load = gateway.Services.GetRequiredService<EngineLoads>().Of("engine-0");
        var inside = WholeAsync(gateway, "one");
        await UntilAsync(() => engine.Inside == 1);
        var waiting = WholeAsync(gateway, "two");
        await UntilAsync(() => load.Queued == 1);

        using var refused = await SendAsync(gateway, "three", Cancellation);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        var error = (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        Assert.Equal("too_many_requests", error.GetProperty("code").GetString());
        engine.LetGo(2);
        Assert.Equal(HttpStatusCode.OK, await inside);
        Assert.Equal(HttpStatusCode.OK, await waiting);
    }

    [Fact]
    public async Task Chat_NoPlaceWithinPatience_Is429()
    {
        await using var engine = await HeldEngine.StartAsync();
        await using var gateway = await StartAsync([engine], places: 1, ("Gateway:QueuePatience", "00:00:00.2"));
        var inside = WholeAsync(gateway, "one");
        await UntilAsync(() => engine.Inside == 1);

        Assert.Equal(HttpStatusCode.TooManyRequests, await WholeAsync(gateway, "two"));

        engine.LetGo();
        Assert.Equal(HttpStatusCode.OK, await inside);
        await IsEmptyAsync(gateway, "engine-0");
    }

    [Fact]
    public async Task Chat_CallersLeave_InTheQueueAndInMidAnswer_GiveTheirPlacesBack()
    {
        await using var engine = await HeldEngine.StartAsync();
        await using var gateway = await StartAsync([engine], places: 1);
        var load = gateway.Services.GetRequiredService<EngineLoads>().Of("engine-0");
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var answering = await SendAsync(gateway, "one", Cancellation);
        var waiting = SendAsync(gateway, "two", leaving.Token);
        await UntilAsync(() => load.Queued == 1);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await UntilAsync(() => load.Queued == 0);
        Assert.Equal(1, load.InFlight);

        answering.Dispose();
        await IsEmptyAsync(gateway, "engine-0");
        Assert.Equal(1, engine.Calls);
        engine.LetGo();
        Assert.Equal(HttpStatusCode.OK, await WholeAsync(gateway, "three"));
    }

    [Fact]
    public async Task Chat_EngineIsFull_GoesToAnother()
    {
        await using var one = await HeldEngine.StartAsync();
        await using var other = await HeldEngine.StartAsync();
        await using var gateway = await StartAsync([one, other], places: 1, ("Gateway:MaxQueuePerEngine", "0"));

        // The same conversation, so all want the same engine.
        var calls = Enumerable.Range(0, 2).Select(_ => WholeAsync(gateway, "caller", "conversation")).ToList();
        await UntilAsync(() => one.Inside == 1 && other.Inside == 1);
        Assert.Equal(HttpStatusCode.TooManyRequests, await WholeAsync(gateway, "caller", "conversation"));

        one.LetGo();
        other.LetGo();
        Assert.All(await Task.WhenAll(calls), static status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task Chat_EngineLeaves_ThoseThatWaitedForItAreAnsweredByAnother()
    {
        await using var one = await HeldEngine.StartAsync();
        await using var other = await HeldEngine.StartAsync();
        await using var gateway = await StartAsync([one, other], places: 1);
        var loads = gateway.Services.GetRequiredService<EngineLoads>();
        var directory = gateway.Services.GetRequiredService<ModelDirectory>();
        var calls = Enumerable.Range(0, 6).Select(_ => WholeAsync(gateway, "caller")).ToList();
        await UntilAsync(() => one.Inside + other.Inside == 2 && loads.Of("engine-0").Queued + loads.Of("engine-1").Queued == 4);

        var engines = directory.Current.Engines.Where(static e => e.Name == "engine-1").ToList();
        directory.Set(new ModelSnapshot(100, engines, [new ModelRoute(GatewayHost.Model, [new ModelTarget(engines[0], GatewayHost.Model)])]));
        one.LetGo(6);
        other.LetGo(6);

        Assert.All(await Task.WhenAll(calls), static status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal((1, 5), (one.Calls, other.Calls));
    }

    private static Task<GatewayHost> StartAsync(HeldEngine[] engines, int places, params (string Key, string Value)[] settings) => GatewayHost.StartAsync(
    [
        .. engines.SelectMany((engine, i) => new[]
        {
            ($"Engines:{i}:Name", $"engine-{i}"),
            ($"Engines:{i}:Address", engine.Address),
            ($"Engines:{i}:Model", GatewayHost.Model),
            ($"Engines:{i}:Concurrency", $"{places}"),
        }),
        .. settings,
    ]);

    private static async Task<HttpStatusCode> WholeAsync(GatewayHost gateway, string caller, string? conversation = null)
    {
        using var response = await SendAsync(gateway, caller, Cancellation, conversation);
        await response.Content.ReadAsStringAsync(Cancellation);
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(GatewayHost gateway, string caller, CancellationToken cancellationToken, string? conversation = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = GatewayHost.ChatBody() };
        request.Headers.Add(CallHeaders.Caller, caller);
        if (conversation is not null)
        {
            request.Headers.Add(CallHeaders.Conversation, conversation);
        }

        return gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task IsEmptyAsync(GatewayHost gateway, string engine)
    {
        var load = gateway.Services.GetRequiredService<EngineLoads>().Of(engine);
        await UntilAsync(() => (load.InFlight, load.Queued, load.TokensInFlight) == (0, 0, 0));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
        }
    }
}
