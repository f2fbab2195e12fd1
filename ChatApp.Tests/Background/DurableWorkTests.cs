using System.Threading.Channels;
using ChatApp.Api.Background;
using ChatApp.Tests.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Background;

public sealed class DurableWorkTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly DatabaseReadiness _database = new();
    private readonly ScriptedWork _work;

    public DurableWorkTests() => _work = new ScriptedWork(_database, _time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pass_BeforeTheTablesAreThere_IsNotMade()
    {
        await _work.StartAsync(Cancelled);
        Assert.False(_work.HasPass);

        _database.SetReady();
        await _work.NextPassAsync(static () => 0);
    }

    [Fact]
    public async Task Pass_ThatFoundSomething_IsFollowedAtOnce()
    {
        await StartAsync();
        await _work.NextPassAsync(static () => 3);
        await _work.NextPassAsync(static () => 1);
        await _work.NextPassAsync(static () => 0);
    }

    [Fact]
    public async Task Pass_ThatFoundNothing_IsFollowedAfterTheInterval()
    {
        await StartAsync();
        await _work.NextPassAsync(static () => 0);
        await WaitsAsync();
        Assert.False(_work.HasPass);

        _time.Advance(ScriptedWork.Pause);
        await _work.NextPassAsync(static () => 0);
    }

    [Fact]
    public async Task Wake_WhileItWaits_BeginsThePassNow()
    {
        await StartAsync();
        await _work.NextPassAsync(static () => 0);
        await WaitsAsync();

        _work.Wake();
        await _work.NextPassAsync(static () => 0);
    }

    [Fact]
    public async Task Wake_WhileAPassIsUnderWay_IsNotLost()
    {
        await StartAsync();
        await _work.NextPassAsync(() =>
        {
            _work.Wake();
            _work.Wake();
            return 0;
        });
        await _work.NextPassAsync(static () => 0);
        await WaitsAsync();
        Assert.False(_work.HasPass);
    }

    [Fact]
    public async Task Pass_ThatFails_IsMadeAgainLessAndLessOften()
    {
        await StartAsync();
        await _work.NextPassAsync(static () => throw new NpgsqlException("away"));
        await WaitsAsync();
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(_work.HasPass);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        await _work.NextPassAsync(static () => throw new InvalidOperationException("broken"));
        await WaitsAsync();
        _time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.False(_work.HasPass);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await _work.NextPassAsync(static () => 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _work.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        _work.Dispose();
    }

    private async Task StartAsync()
    {
        _database.SetReady();
        await _work.StartAsync(Cancelled);
    }

    private async Task WaitsAsync()
    {
        while (_time.WaitingAlarms == 0)
        {
            await Task.Delay(1, Cancelled);
        }
    }

    private sealed class ScriptedWork(DatabaseReadiness database, TimeProvider time) : DurableWork(database, time, NullLogger.Instance)
    {
        public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

        private readonly Channel<TaskCompletionSource<Func<int>>> _passes = Channel.CreateUnbounded<TaskCompletionSource<Func<int>>>();

        public bool HasPass => _passes.Reader.Count > 0;

        protected override TimeSpan Interval => Pause;

        /// <summary>Waits until a pass begins, and has it do this.</summary>
        public async Task NextPassAsync(Func<int> pass) =>
            (await _passes.Reader.ReadAsync(Cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancelled)).SetResult(pass);

        protected override async Task<int> PassAsync(CancellationToken stoppingToken)
        {
            var pass = new TaskCompletionSource<Func<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
            await _passes.Writer.WriteAsync(pass, stoppingToken);
            return (await pass.Task.WaitAsync(stoppingToken))();
        }
    }
}
