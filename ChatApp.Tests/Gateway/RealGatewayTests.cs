using ChatApp.Tests.Api;
using ChatApp.Tests.Inference;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Gateway;

/// <summary>The Api in front of the gateway itself.</summary>
[Trait("Category", "Integration")]
public sealed class RealGatewayTests(StackFixture stack)
{
    [Fact]
    public async Task Turn_FirstEngineGone_IsAnsweredByTheNextTargetAndAdministratorsSeeBoth()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
        [
            ("Gateway:AdminKey", FakeGateway.AdminKey),
            ("Engines:0:Name", "gone"), ("Engines:0:Kind", "OpenAI"), ("Engines:0:Address", Authority(GatewayHost.DeadAddress())),
            ("Engines:1:Name", "there"), ("Engines:1:Kind", "OpenAI"), ("Engines:1:Address", Authority(engine.Address)),
            ("Gateway:Models:0:Name", "scripted"),
            ("Gateway:Models:0:Targets:0:Engine", "gone"),
            ("Gateway:Models:0:Targets:1:Engine", "there"), ("Gateway:Models:0:Targets:1:Priority", "1"),
        ]);
        await using var host = await ApiHost.StartAsync(
            stack, engine, ("Services:inference:http:0", Authority(gateway.Client.BaseAddress!)), ("Inference:Key", GatewayHost.Key), ("Inference:AdminKey", FakeGateway.AdminKey));
        using var admin = await host.SignUpAsync();
        var conversation = await admin.StartConversationAsync();

        var turn = await admin.SayAsync(conversation, "Hello");
        var call = await engine.AnswerNextAsync("Hi ", "there.");
        var events = await admin.EventsAsync(turn);
        var engines = (await admin.GetAsync("/api/admin/engines"))["items"]!.AsArray();
        var model = Assert.Single((await admin.GetAsync("/api/admin/models"))["items"]!.AsArray())!;

        Assert.Equal(("completed", "Hi there."), (events[^1].Type, TurnEventSeen.Assemble(events)));
        Assert.DoesNotContain(call.Headers.Keys, static name => name.StartsWith("ChatApp-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["gone", "there"], engines.Select(static e => (string)e!["name"]!).Order(StringComparer.Ordinal));
        Assert.Equal(["gone", "there"], model["targets"]!.AsArray().OrderBy(static t => (int)t!["priority"]!).Select(static t => (string)t!["engine"]!));
    }

    private static string Authority(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
