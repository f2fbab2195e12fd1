using System.Collections.Concurrent;
using System.Net;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Placement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Inference.Placement;

public sealed class GatewayPlacementTests
{
    // No multiple of the engines, so that taking them in turn is seen.
    private const int Conversations = 25;

    // Which engine answered each conversation, in order.
    private readonly ConcurrentDictionary<string, ConcurrentQueue<int>> _answered = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_ThreeEngines_ConversationsStayAndMoveOnceWhenTheirEngineGoes()
    {
        var engines = await StartEnginesAsync();
        await using var gateway = await StartAsync(engines);

        await TalkAsync(gateway, turns: 4);
        var homes = _answered.ToDictionary(static of => of.Key, static of => Assert.Single(of.Value.Distinct()));
        Assert.Equal(3, homes.Values.Distinct().Count());

        await engines[1].DisposeAsync();
        _answered.Clear();
        await TalkAsync(gateway, turns: 3);

        var after = _answered.ToDictionary(static of => of.Key, static of => Assert.Single(of.Value.Distinct()));
        Assert.All(homes, home => Assert.True(home.Value == 1 ? after[home.Key] != 1 : after[home.Key] == home.Value));
        await engines[0].DisposeAsync();
        await engines[2].DisposeAsync();
    }

    [Theory]
    [InlineData("round-robin", 3)]
    [InlineData("least-requests", 1)]
    public async Task Chat_OtherPlacement_IsYarps(string placement, int enginesOfOneConversation)
    {
        var engines = await StartEnginesAsync();
        await using var gateway = await StartAsync(engines, ("Gateway:Placement", placement));

        await TalkAsync(gateway, turns: 3);

        // One call after the other: in turn, or always the first of those that have nothing to do.
        Assert.All(_answered, of => Assert.Equal(enginesOfOneConversation, of.Value.Distinct().Count()));
        Assert.Equal(enginesOfOneConversation, _answered.SelectMany(static of => of.Value).Distinct().Count());
        foreach (var engine in engines)
        {
            await engine.DisposeAsync();
        }
    }

    [Fact]
    public async Task Slots_LlamaServer_AreAskedFor()
    {
        await using var llama = await LoopbackServer.StartAsync(context => EngineAnswer.WriteJsonAsync(
            context, context.Request.Path == "/props" && context.Request.Headers.Authorization == "Bearer secret" ? """{"total_slots":7}""" : "{}"));
        await using var gateway = await GatewayHost.StartAsync(
        [
            ("Engines:0:Name", "llama"), ("Engines:0:Address", llama.Address.GetLeftPart(UriPartial.Authority)), ("Engines:0:Model", "a"), ("Engines:0:Key", "secret"),
            ("Engines:1:Name", "configured"), ("Engines:1:Address", llama.Address.GetLeftPart(UriPartial.Authority)), ("Engines:1:Model", "b"), ("Engines:1:Concurrency", "3"),
            ("Engines:2:Name", "ollama"), ("Engines:2:Address", llama.Address.GetLeftPart(UriPartial.Authority)), ("Engines:2:Model", "c"), ("Engines:2:Kind", "Ollama"),
        ]);
        var loads = gateway.Services.GetRequiredService<EngineLoads>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));

        while (loads.Of("llama").Slots != 7)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
        }

        Assert.Equal((3, 1), (loads.Of("configured").Slots, loads.Of("ollama").Slots));
    }

    private static Task<GatewayHost> StartAsync(LoopbackServer[] engines, params (string Key, string Value)[] settings) => GatewayHost.StartAsync(
    [
        .. engines.SelectMany((engine, i) => new[]
        {
            ($"Engines:{i}:Name", $"engine-{i}"),
            ($"Engines:{i}:Address", engine.Address.GetLeftPart(UriPartial.Authority)),
            ($"Engines:{i}:Model", GatewayHost.Model),
            ($"Engines:{i}:Concurrency", "8"),
        }),
        .. settings,
    ]);

    private async Task<LoopbackServer[]> StartEnginesAsync() =>
        await Task.WhenAll(Enumerable.Range(0, 3).Select(number => LoopbackServer.StartAsync(context => AnswerAsync(context, number))));

    // The engine knows the conversation by the prompt, as real ones do: the gateway's headers end at the gateway.
    private async Task AnswerAsync(HttpContext context, int number)
    {
        if (context.Request.Method != HttpMethods.Post)
        {
            await EngineAnswer.WriteJsonAsync(context, """{"status":"ok"}""");
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var name = body[body.IndexOf("conversation", StringComparison.Ordinal)..];
        _answered.GetOrAdd(name[..name.IndexOf('"', StringComparison.Ordinal)], static _ => []).Enqueue(number);
        await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event("Well"), EngineAnswer.Finish, EngineAnswer.Done);
    }

    private static async Task TalkAsync(GatewayHost gateway, int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            for (var i = 0; i < Conversations; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
                {
                    Content = new StringContent($$"""{"model":"{{GatewayHost.Model}}","stream":true,"messages":[{"role":"user","content":"conversation {{i}}"}]}"""),
                };
                request.Headers.Add(CallHeaders.Caller, "caller");
                request.Headers.Add(CallHeaders.Conversation, $"{i}");
                using var response = await gateway.Client.SendAsync(request, Cancellation);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        }
    }
}
