using System.Collections.Concurrent;
using System.Diagnostics;
using ChatApp.Tests.Inference.Metering;
using Xunit;

namespace ChatApp.Tests.Inference.Telemetry;

public sealed class CallTraceTests
{
    [Fact]
    public async Task Chat_FirstEngineDown_HasASpanForTheCallAndForEachTry()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await MeteredGateway.StartAsync(
            GatewayHost.DeadAddress(),
            ("Engines:1:Name", "second"),
            ("Engines:1:Address", engine.Address.GetLeftPart(UriPartial.Authority)),
            ("Engines:1:Model", GatewayHost.Model));
        gateway.Change(model => model with { Targets = [model.Targets[0], model.Targets[1] with { Priority = 1, Model = "there" }] });
        var caller = Guid.NewGuid().ToString();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans);

        using var answer = await gateway.ChatAsync(caller);

        await Eventually.TrueAsync(() => spans.Any(span => Equals(span.GetTagItem("chatapp.caller"), caller)));
        var call = spans.Single(span => Equals(span.GetTagItem("chatapp.caller"), caller));
        var tries = spans.Where(span => span.ParentSpanId == call.SpanId).OrderBy(span => span.StartTimeUtc).ToList();
        Assert.Equal($"chat {GatewayHost.Model}", call.DisplayName);
        Assert.Equal(
            ["chat", "llama_cpp", "second", 1000L, 50L, 400L, 2, "completed", null],
            Tags(call, "gen_ai.operation.name", "gen_ai.provider.name", "chatapp.engine", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.cache_read.input_tokens", "chatapp.attempts", "chatapp.outcome", "error.type"));
        Assert.Equal(["m"], Tags(call, "gen_ai.response.model"));
        Assert.Equal(["stop"], (string[])call.GetTagItem("gen_ai.response.finish_reasons")!);

        Assert.Equal([$"chat {GatewayHost.Model}", "chat there"], tries.Select(span => span.DisplayName));
        Assert.All(tries, span => Assert.Equal(ActivityKind.Client, span.Kind));
        Assert.Equal(["first", "connect", ActivityStatusCode.Error], [.. Tags(tries[0], "chatapp.engine", "error.type"), tries[0].Status]);
        Assert.Equal(
            ["second", null, ActivityStatusCode.Unset, "there", "127.0.0.1", engine.Address.Port],
            [.. Tags(tries[1], "chatapp.engine", "error.type"), tries[1].Status, .. Tags(tries[1], "gen_ai.request.model", "server.address", "server.port")]);
        Assert.DoesNotContain(
            spans.SelectMany(span => span.TagObjects).Select(tag => tag.Value?.ToString()),
            value => value?.Contains("a secret", StringComparison.Ordinal) is true || value?.Contains(GatewayHost.EngineKey, StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task Chat_NoEngine_SpanHasTheErrorsType()
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());
        var caller = Guid.NewGuid().ToString();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans);

        using var answer = await gateway.ChatAsync(caller);

        await Eventually.TrueAsync(() => spans.Any(span => Equals(span.GetTagItem("chatapp.caller"), caller)));
        var call = spans.Single(span => Equals(span.GetTagItem("chatapp.caller"), caller));
        Assert.Equal(["engine_unavailable", null, ActivityStatusCode.Error], [.. Tags(call, "error.type", "gen_ai.usage.output_tokens"), call.Status]);
    }

    private static IEnumerable<object?> Tags(Activity span, params string[] names) => names.Select(span.GetTagItem);

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "ChatApp.Inference",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
