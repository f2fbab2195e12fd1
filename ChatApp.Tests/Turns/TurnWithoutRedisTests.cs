using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>Redis is disposable: nothing is lost with it.</summary>
[Collection(RedisIsEmptied.Name)]
[Trait("Category", "Integration")]
public sealed class TurnWithoutRedisTests(StackFixture stack)
{
    [Fact]
    public async Task Events_RedisEmptiedInMidTurn_MissAndRepeatNothing()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);
        using var user = await host.SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Say it");
        var call = await engine.NextCallAsync();
        using var early = await user.FollowAsync(turn);
        call.Say("one ");
        var seen = await early.ReadUntilAsync(static e => e.Type == "delta");
        call.Say("two ");
        seen.AddRange(await early.ReadUntilAsync(static e => e.Type == "delta"));

        await FlushAsync();
        call.Say("three ");
        seen.AddRange(await early.ReadUntilAsync(static e => e.Type == "delta"));
        using var late = await user.FollowAsync(turn);
        using var resumed = await user.FollowAsync(turn, seen[1].Id);
        call.Say("four");
        call.Finish();

        seen.AddRange(await early.ReadToEndAsync());
        Assert.Equal("one two three four", TurnEventSeen.Assemble(seen));
        Assert.Equal("one two three four", TurnEventSeen.Assemble(await late.ReadToEndAsync()));
        Assert.Equal("one two three four", TurnEventSeen.Assemble(await resumed.ReadToEndAsync(), TurnEventSeen.Assemble(seen.Take(2))));
    }

    [Fact]
    public async Task Turn_RedisNeverThere_IsAnsweredAndFollowed()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, ("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=200"));
        using var user = await host.SignUpAsync();
        var conversation = await user.StartConversationAsync();
        var turn = await user.SayAsync(conversation, "Say it");
        var call = await engine.NextCallAsync();
        using var reader = await user.FollowAsync(turn);
        call.Say("Slow, ");
        var seen = await reader.ReadUntilAsync(static e => e.Type == "delta");
        call.Say("but whole");
        call.Finish();

        seen.AddRange(await reader.ReadToEndAsync());

        Assert.Equal("Slow, but whole", TurnEventSeen.Assemble(seen));
        Assert.Equal("completed", seen[^1].Type);
        Assert.Equal("complete", (string)(await user.MessagesAsync(conversation))[1]["status"]!);
    }

    [Fact]
    public async Task Cancel_RedisNeverThere_ReachesTheEngineWithoutWaitingForTheLease()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var api = await ApiHost.StartAsync(
            stack, engine, ("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=200"), ("Turns:Concurrency", "1"), ("Turns:Lease", "00:05:00"));
        using var user = await api.SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Say it");
        var call = await engine.NextCallAsync();

        // As another process would ask for it.
        await api.SqlAsync("UPDATE turns SET cancel_requested_at = now()");

        await call.Closed.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal("cancelled", (await user.EventsAsync(turn))[^1].Type);
    }

    private async Task FlushAsync()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis);
        await redis.GetDatabase().ExecuteAsync("FLUSHALL");
    }
}
