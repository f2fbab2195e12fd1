using ChatApp.Api.Turns.Events;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Turns;

[Trait("Category", "Integration")]
public sealed class TurnEventLogTests(StackFixture stack) : IAsyncLifetime
{
    private readonly Guid _turn = Guid.NewGuid();
    private ConnectionMultiplexer _redis = null!;
    private TurnEventLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis);
        _log = new TurnEventLog(_redis, TimeProvider.System, NullLogger<TurnEventLog>.Instance);
    }

    public ValueTask DisposeAsync()
    {
        _redis.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Append_Events_AreReadBackInOrder()
    {
        var events = Enumerable.Range(2, 1200).Select(static seq => StoredTurnEvents.Delta(seq, seq, "ü\n")).ToList();
        foreach (var turnEvent in events)
        {
            Assert.True(await _log.AppendAsync(_turn, 1, turnEvent));
        }

        Assert.Equal(events, await ReadAllAsync(1));
        Assert.Equal(events[1100..], await ReadAllAsync(events[1100].Seq));
        Assert.Equal(events[^1], await _log.ReadLastAsync(_turn));
    }

    [Fact]
    public async Task Append_OfAnAttemptThatWasReplaced_IsRefused()
    {
        Assert.True(await _log.AppendAsync(_turn, 1, StoredTurnEvents.Delta(2, 0, "old")));
        Assert.True(await _log.AppendAsync(_turn, 2, new TurnEvent(3, 0, 0, "restarted", "{}")));

        Assert.False(await _log.AppendAsync(_turn, 1, StoredTurnEvents.Delta(4, 3, "late")));

        Assert.Equal([2L, 3L], (await ReadAllAsync(1)).Select(static e => e.Seq));
    }

    [Fact]
    public async Task Append_SameEventTwice_IsThereOnce()
    {
        var turnEvent = StoredTurnEvents.Delta(2, 0, "once");

        Assert.True(await _log.AppendAsync(_turn, 1, turnEvent));
        Assert.True(await _log.AppendAsync(_turn, 1, turnEvent));

        Assert.Single(await ReadAllAsync(1));
    }

    [Fact]
    public async Task TakeOver_EarlierAttempts_AreShutOutAndTellWhatTheyWrote()
    {
        Assert.Empty((await _log.TakeOverAsync(_turn, 1, 1))!);
        var written = Enumerable.Range(2, 5).Select(static seq => StoredTurnEvents.Delta(seq, seq - 2, "x")).ToList();
        foreach (var turnEvent in written)
        {
            Assert.True(await _log.AppendAsync(_turn, 1, turnEvent));
        }

        var taken = await _log.TakeOverAsync(_turn, 2, 3);
        Assert.False(await _log.AppendAsync(_turn, 1, StoredTurnEvents.Delta(7, 5, "late")));
        Assert.True(await _log.AppendAsync(_turn, 2, StoredTurnEvents.Delta(7, 5, "next")));

        Assert.Equal(written[2..], taken);
        Assert.Null(await _log.TakeOverAsync(_turn, 1, 3));
        var position = new ReaderPosition(EventCursor.Start);
        var read = new List<TurnEvent>();
        position.TakeRecord(await ReadAllAsync(1), read);
        Assert.Equal([2L, 3L, 4L, 5L, 6L, 7L], read.Select(static e => e.Seq));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task TakeOver_LogThatWasLost_CannotTell(int saved)
    {
        await _log.TakeOverAsync(_turn, 1, 1);
        await _log.AppendAsync(_turn, 1, StoredTurnEvents.Delta(2, 0, "x"));
        await _redis.GetDatabase().KeyDeleteAsync($"chatapp:turn:{{{_turn:N}}}:events");

        Assert.Null(await _log.TakeOverAsync(_turn, 2, saved));
        // Nor can the earlier attempt write into the log that the later one began.
        Assert.False(await _log.AppendAsync(_turn, 1, StoredTurnEvents.Delta(saved + 1, 1, "late")));
    }

    [Fact]
    public async Task Append_AfterAnEarlierAttemptWroteIntoALostLog_ReplacesIt()
    {
        await _log.TakeOverAsync(_turn, 2, 5);
        await _redis.GetDatabase().KeyDeleteAsync($"chatapp:turn:{{{_turn:N}}}:events");
        await _log.AppendAsync(_turn, 1, StoredTurnEvents.Delta(6, 4, "late"));

        Assert.True(await _log.AppendAsync(_turn, 2, StoredTurnEvents.Delta(6, 4, "mine")));

        Assert.Equal("mine", StoredTurnEvents.DeltaText(Assert.Single(await ReadAllAsync(1))));
    }

    [Fact]
    public async Task Append_AnyEvent_LetsTheLogExpire()
    {
        await _log.AppendAsync(_turn, 1, StoredTurnEvents.Delta(2, 0, "x"));
        var running = await _redis.GetDatabase().KeyTimeToLiveAsync($"chatapp:turn:{{{_turn:N}}}:events");
        await _log.AppendAsync(_turn, 1, new TurnEvent(3, 1, 1, "completed", "{}"));
        var ended = await _redis.GetDatabase().KeyTimeToLiveAsync($"chatapp:turn:{{{_turn:N}}}:events");

        Assert.InRange(running!.Value.TotalMinutes, 11, 61);
        Assert.InRange(ended!.Value.TotalMinutes, 1, 10);
    }

    [Fact]
    public async Task Read_TurnWithoutALog_GivesNothing()
    {
        Assert.Empty(await ReadAllAsync(1));
        Assert.Null(await _log.ReadLastAsync(_turn));
    }

    [Fact]
    public async Task Log_RedisAway_SaysSoAndStopsNobody()
    {
        using var away = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=200");
        var log = new TurnEventLog(away, TimeProvider.System, NullLogger<TurnEventLog>.Instance);

        Assert.Null(await log.AppendAsync(_turn, 1, StoredTurnEvents.Delta(2, 0, "x")));
        Assert.Null(await log.ReadPageAsync(_turn, 1));
        Assert.False(log.IsAvailable);
    }

    /// <summary>Reads as a reader does that has a long way to go: a page at a time.</summary>
    private async Task<List<TurnEvent>> ReadAllAsync(long from)
    {
        var events = new List<TurnEvent>();
        while (true)
        {
            var page = Assert.IsType<LogPage>(await _log.ReadPageAsync(_turn, from));
            events.AddRange(page.Events);
            if (page.IsLast)
            {
                return events;
            }

            from = page.Next;
        }
    }
}
