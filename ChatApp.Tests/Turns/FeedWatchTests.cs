using System.Collections.Concurrent;
using System.Diagnostics;
using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Turns;

[Trait("Category", "Integration")]
public sealed class FeedWatchTests(StackFixture stack)
{
    private static readonly TimeSpan PatienceWithoutLog = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Look_ManySilentReadersOfTwoTurns_IsOneQuery()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);
        using var user = await host.SignUpAsync();
        var rows = new List<TurnRow>();
        for (var i = 0; i < 2; i++)
        {
            rows.Add(await RowAsync(host, await user.SayAsync(await user.StartConversationAsync(), "Say it")));
        }

        var queries = new Queries();
        await using var database = new NpgsqlDataSourceBuilder(host.Database).UseLoggerFactory(LoggerFactory.Create(l => l.AddProvider(queries))).Build();
        using var away = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=100");
        var log = new TurnEventLog(away, TimeProvider.System, NullLogger<TurnEventLog>.Instance);
        var feeds = new TurnFeeds(away, log, TimeProvider.System);
        foreach (var row in rows)
        {
            for (var i = 0; i < 20; i++)
            {
                var follower = await feeds.FollowAsync(row, EventCursor.Start, new ReaderSignal(), Cancelled);
                await follower.ReadAsync([]);
            }
        }

        using var watch = new FeedWatch(feeds, new FollowedTurnStore(database), log, TimeProvider.System, NullLogger<FeedWatch>.Instance);
        var clock = Stopwatch.StartNew();
        await watch.StartAsync(Cancelled);
        await queries.CountAsync(3).WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
        var elapsed = clock.Elapsed;
        await watch.StopAsync(Cancelled);

        // A query a reader, or a turn, would have made three of them in the first round.
        Assert.InRange(elapsed, 2 * PatienceWithoutLog, TimeSpan.MaxValue);
        // They have had all there is, so that no text is read.
        Assert.All(queries.Texts, static q => Assert.DoesNotContain("m.text", q));
    }

    private static async Task<TurnRow> RowAsync(ApiHost host, Guid turn)
    {
        var user = (Guid)(await host.SqlAsync($"SELECT user_id FROM turns WHERE id = '{turn}'"))!;
        return (await host.Services.GetRequiredService<TurnStore>().FindAsync(turn, user, Cancelled))!;
    }

    /// <summary>Notes every command that is sent.</summary>
    private sealed class Queries : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _texts = new();
        private readonly SemaphoreSlim _came = new(0);

        public IEnumerable<string> Texts => _texts;

        public async Task CountAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await _came.WaitAsync(Cancelled);
            }
        }

        public ILogger CreateLogger(string categoryName) => categoryName == "Npgsql.Command" ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            if (IsEnabled(logLevel) && text.Contains("FROM turns", StringComparison.Ordinal))
            {
                _texts.Enqueue(text);
                _came.Release();
            }
        }

        public void Dispose() => _came.Dispose();
    }
}
