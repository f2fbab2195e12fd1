using ChatApp.Inference.Calls;
using ChatApp.Inference.Models;
using ChatApp.Inference.Telemetry;
using ChatApp.Tests.Inference.Metering;
using Xunit;

namespace ChatApp.Tests.Inference.Telemetry;

public sealed class RouteHeaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_TriedBeforeItAnswered_SaysAllOfIt()
    {
        var call = TestCalls.Create(model: "llama3.2:3b").Tried("gpu-2", "connect").Tried("gpu-3", "busy").Tried("gpu-1");
        call.Placed = "kept";
        call.Queued = TimeSpan.FromMilliseconds(12.7);

        Assert.Equal("model=llama3.2:3b; engine=gpu-1; placed=kept; attempts=3; queued=12; tried=gpu-2:connect,gpu-3:busy", RouteHeader.Of(call));
    }

    [Fact]
    public void Of_NoneAnswered_NamesNoEngineButThoseTried() =>
        Assert.Equal("model=m; attempts=1; tried=gpu-2:timeout", RouteHeader.Of(TestCalls.Create().Tried("gpu-2", "timeout")));

    [Fact]
    public void Of_VirtualModel_SaysHowHardTheQuestionWas()
    {
        var call = TestCalls.Create(model: "small").Tried("gpu-1");
        call.Complexity = 0.314;

        Assert.Equal("model=small; engine=gpu-1; placed=only; attempts=1; auto=0.31", RouteHeader.Of(call));
    }

    [Fact]
    public void Of_FromCache_SaysHit()
    {
        var call = TestCalls.Create();
        call.IsFromCache = true;

        Assert.Equal("model=m; cache=hit", RouteHeader.Of(call));
    }

    [Theory]
    [InlineData("a; engine=x", "a%3B%20engine%3Dx")]
    [InlineData("a\r\nSet-Cookie: b", "a%0D%0ASet-Cookie:%20b")]
    [InlineData("naïve 🦙", "na%C3%AFve%20%F0%9F%A6%99")]
    [InlineData("100%,", "100%25%2C")]
    public void Of_NameWithOtherCharacters_IsEscaped(string name, string expected) =>
        Assert.Equal($"model={expected}; attempts=1; tried={expected}:{expected}", RouteHeader.Of(TestCalls.Create(model: name).Tried(name, name)));

    [Fact]
    public void Of_MoreThanFits_LeavesOutWholeParts()
    {
        var call = TestCalls.Create(model: new string('é', 300));
        for (var i = 0; i < 200; i++)
        {
            call.Tried($"engine-with-a-name-{i}", "connect");
        }

        var header = RouteHeader.Of(call);

        Assert.InRange(header.Length, 440, 500);
        Assert.EndsWith(":connect", header, StringComparison.Ordinal);
        Assert.Contains("attempts=200", header, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_FirstEngineDown_HeaderTellsOfBoth()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await MeteredGateway.StartAsync(
            GatewayHost.DeadAddress(),
            ("Engines:1:Name", "second"),
            ("Engines:1:Address", engine.Address.GetLeftPart(UriPartial.Authority)),
            ("Engines:1:Model", GatewayHost.Model));
        gateway.Change(model => model with { Targets = [model.Targets[0], model.Targets[1] with { Priority = 1 }] });

        using var answer = await gateway.ChatAsync("ann");

        Assert.Matches(
            $@"^model={GatewayHost.Model}; engine=second; placed=[a-z]+; attempts=2; (queued=\d+; )?tried=first:connect$",
            answer.Headers.GetValues(CallHeaders.Route).Single());
    }

    [Fact]
    public async Task Chat_NoEngine_ErrorHasTheHeaderToo()
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());

        using var answer = await gateway.Host.ChatAsync(Cancellation);

        Assert.Contains("tried=first:connect", answer.Headers.GetValues(CallHeaders.Route).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_UnknownModel_HasNoHeader()
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());
        gateway.Get<ModelDirectory>().Set(new ModelSnapshot(long.MaxValue / 2, [], []));

        using var answer = await gateway.Host.ChatAsync(Cancellation, "x\\r\\ny");

        Assert.False(answer.Headers.Contains(CallHeaders.Route));
    }
}
