using System.Text.Json.Nodes;
using ChatApp.Api.Models;
using ChatApp.Tests.Inference;
using ChatApp.Tests.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Models;

/// <summary>Counting tokens at a gateway that a test plays.</summary>
public sealed class TokenCounterTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly List<int> _asked = [];
    private LoopbackServer _gateway = null!;
    private TokenCounter _counter = null!;
    private int _status = 200;
    private TimeSpan _delay;
    private int? _context = 4096;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await LoopbackServer.StartAsync(AnswerAsync);
        var options = Options.Create(new InferenceOptions { Address = new Uri(_gateway.Address, "/v1"), Key = "a-key" });
        _counter = new TokenCounter(new Clients(), options, _time, NullLogger<TokenCounter>.Instance);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Count_TextsAskedBefore_AreNotAskedAgain()
    {
        Assert.Equal([3, 1], await _counter.CountAsync("m", ["abc", "x"], Cancelled));
        Assert.Equal([1, 2, 3], await _counter.CountAsync("m", ["x", "ab", "abc"], Cancelled));
        Assert.Equal([1, 2], await _counter.CountAsync("m", ["x", "ab"], Cancelled));
        Assert.Equal([3], await _counter.CountAsync("other", ["abc"], Cancelled));

        // Each call asked for what was missing only.
        Assert.Equal([2, 1, 1], _asked);
    }

    [Theory]
    [InlineData(501)]
    [InlineData(404)]
    public async Task Count_NoTokenizer_IsNotAskedForMinutes(int status)
    {
        _status = status;

        Assert.Null(await _counter.CountAsync("m", ["abc"], Cancelled));
        Assert.Null(await _counter.CountAsync("m", ["abc"], Cancelled));
        Assert.Null(await _counter.ContextAsync("m", Cancelled));
        Assert.Single(_asked);

        _status = 200;
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal([3], await _counter.CountAsync("m", ["abc"], Cancelled));
    }

    [Fact]
    public async Task Count_GatewayFails_IsAskedAgainSoon()
    {
        _status = 503;
        Assert.Null(await _counter.CountAsync("m", ["abc"], Cancelled));

        _status = 200;
        Assert.Null(await _counter.CountAsync("m", ["abc"], Cancelled));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal([3], await _counter.CountAsync("m", ["abc"], Cancelled));
    }

    [Fact]
    public async Task Count_GatewayIsSlow_IsNotWaitedFor()
    {
        _delay = TimeSpan.FromSeconds(30);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Null(await _counter.CountAsync("m", ["abc"], Cancelled));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task Count_CallerGivesUp_IsNoFailureOfTheGateway()
    {
        _delay = TimeSpan.FromSeconds(30);
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _counter.CountAsync("m", ["abc"], gone.Token));

        _delay = TimeSpan.Zero;
        Assert.Equal([3], await _counter.CountAsync("m", ["abc"], Cancelled));
    }

    [Fact]
    public async Task Count_MoreThanACallMayTake_IsNotAsked()
    {
        Assert.Null(await _counter.CountAsync("m", [new string('x', 300_000)], Cancelled));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Context_IsAskedOnceInAWhile()
    {
        Assert.Equal(4096, await _counter.ContextAsync("m", Cancelled));
        Assert.Equal(4096, await _counter.ContextAsync("m", Cancelled));
        Assert.Single(_asked);

        _context = 8192;
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(8192, await _counter.ContextAsync("m", Cancelled));
    }

    [Fact]
    public async Task Context_GatewayGoesAway_IsTheLastOneHeard()
    {
        await _counter.ContextAsync("m", Cancelled);
        _time.Advance(TimeSpan.FromMinutes(6));
        _status = 503;

        Assert.Equal(4096, await _counter.ContextAsync("m", Cancelled));
    }

    [Fact]
    public void Counts_TooMany_KeepsTheNewestAndWhatIsAskedFor()
    {
        var counts = new TokenCounts(capacity: 100);
        for (var i = 0; i < 1000; i++)
        {
            counts.Add((UInt128)i, i);
            Assert.Equal(0, counts.Find(0));
        }

        Assert.Equal(999, counts.Find(999));
        Assert.Null(counts.Find(500));
    }

    // A token a character.
    private async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var prompts = body["prompts"]!.AsArray().Select(static p => (string)p!).ToList();
        lock (_asked)
        {
            _asked.Add(prompts.Count);
        }

        await Task.Delay(_delay, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Response.StatusCode = context.Request.Path == "/v1/tokenize" && context.Request.Headers.Authorization == "Bearer a-key" ? _status : 400;
        if (_status == 200)
        {
            await context.Response.WriteAsJsonAsync(new { counts = prompts.Select(static p => p.Length), max_model_len = _context });
        }
    }

    private sealed class Clients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new();
    }
}
