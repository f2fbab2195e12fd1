using ChatApp.Faults.Network;
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

    [Fact]
    public async Task Events_RedisSilentForAWhile_ComeLaterWithoutPostgres()
    {
        var redis = ConfigurationOptions.Parse(stack.Redis);
        await using var cable = new FaultyProxy(((System.Net.DnsEndPoint)redis.EndPoints[0]).Port);
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(
            stack, engine, ("ConnectionStrings:redis", $"127.0.0.1:{cable.Port},password={redis.Password}"), ("Turns:CheckpointInterval", "00:01:00"));
        using var user = await host.SignUpAsync();
        var turn = await user.SayAsync(await user.StartConversationAsync(), "Say it");
        var call = await engine.NextCallAsync();
        using var reader = await user.FollowAsync(turn);
        call.Say("one ");
        var seen = await reader.ReadUntilAsync(static e => e.Type == "delta");

        cable.PullCable();
        call.Say("two ");
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        cable.PutBackCable();
        using var heard = new CancellationTokenSource();
        var talking = TalkAsync(call, heard.Token);
        seen.AddRange(await reader.ReadUntilAsync(e => e.Type == "delta" && ((string)e.Data["text"]!).Contains("three", StringComparison.Ordinal)));
        await heard.CancelAsync();
        await talking;

        Assert.StartsWith("one two three ", TurnEventSeen.Assemble(seen), StringComparison.Ordinal);
        Assert.Equal("", await host.SqlAsync("SELECT text FROM messages WHERE role = 'assistant'"));
        Assert.DoesNotContain(seen, static e => e.Type == "restarted");
    }

    private static async Task TalkAsync(EngineCall call, CancellationToken heard)
    {
        while (!heard.IsCancellationRequested)
        {
            call.Say("three ");
            await Task.Delay(TimeSpan.FromMilliseconds(200), heard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FlushAsync()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis);
        await redis.GetDatabase().ExecuteAsync("FLUSHALL");
    }
}
