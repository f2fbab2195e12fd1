using System.Net;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Metering;
using ChatApp.Tests.Inference.Metering;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Inference.Caching;

public sealed class ResponseCachingTests
{
    private const string Deterministic = "\"temperature\":0,\"stream\":true";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"temperature\":0,\"stream\":true", "text/event-stream")]
    [InlineData("\"temperature\":0", "application/json")]
    public async Task Chat_AskedAgain_IsAnsweredByteForByteWithoutTheEngine(string body, string type)
    {
        await using var engine = await Engine.StartAsync();
        await using var gateway = await StartAsync(engine);

        using var first = await gateway.ChatAsync("ann", body);
        using var second = await KeptAsync(gateway, () => gateway.ChatAsync("ann", body));

        Assert.Equal(1, engine.Answered);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(Cancellation), await second.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(type, second.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("cache=", Route(first), StringComparison.Ordinal);
        Assert.Equal($"model={GatewayHost.Model}; cache=hit", Route(second));
        await Eventually.TrueAsync(() => gateway.Get<UsageLedger>().Read().Sum(row => row.Amounts.Cached) == 1);
        var sum = gateway.Get<UsageLedger>().Read().Aggregate(default(UsageAmounts), (all, row) => all + row.Amounts);
        Assert.Equal((2L, 1000L, 50L, CountingEngine.Cost), (sum.Requests, sum.InputTokens, sum.OutputTokens, sum.Cost));
    }

    [Fact]
    public async Task Chat_InTheOtherForm_IsAskedAnew()
    {
        await using var engine = await Engine.StartAsync();
        await using var gateway = await StartAsync(engine);

        using var stream = await gateway.ChatAsync("ann", "\"temperature\":0,\"stream\":true");
        using var whole = await gateway.ChatAsync("ann", "\"temperature\":0,\"stream\":false");

        Assert.Equal(2, engine.Answered);
        Assert.Equal("application/json", whole.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Chat_OfSomebodyElse_IsSharedOnlyWhenBothSaySo()
    {
        await using var engine = await Engine.StartAsync();
        await using var gateway = await StartAsync(engine);
        using var anns = await KeptAsync(gateway, () => gateway.ChatAsync("ann", Deterministic));

        using var bens = await gateway.ChatAsync("ben", Deterministic);
        Assert.DoesNotContain("cache=hit", Route(bens), StringComparison.Ordinal);
        using var asking = await gateway.ChatAsync("ben", Deterministic, "shared");
        Assert.DoesNotContain("cache=hit", Route(asking), StringComparison.Ordinal);

        using var shared = await KeptAsync(gateway, () => gateway.ChatAsync("cat", Deterministic, "shared"));
        using var nobodys = await gateway.ChatAsync(null, Deterministic);
        Assert.DoesNotContain("cache=hit", Route(nobodys), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "\"temperature\":0")]
    [InlineData(true, "\"temperature\":0.7")]
    [InlineData(true, "\"temperature\":0,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")]
    public async Task Chat_NotOptedInOrNotDeterministic_IsAskedAnew(bool isCached, string body)
    {
        await using var engine = await Engine.StartAsync();
        await using var gateway = await StartAsync(engine, isCached);

        for (var i = 0; i < 3; i++)
        {
            using var answer = await gateway.ChatAsync("ann", body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(3, engine.Answered);
    }

    [Fact]
    public async Task Chat_BrokenOffOrRefused_IsNotKept()
    {
        var answers = new Queue<RequestDelegate>(
        [
            async context =>
            {
                await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event("One"));
                context.Abort();
            },
            context =>
            {
                context.Response.StatusCode = 400;
                return EngineAnswer.WriteJsonAsync(context, """{"error":{"message":"no"}}""");
            },
            CountingEngine.AnswerAsync,
        ]);
        await using var engine = await Engine.StartAsync(context => answers.Dequeue()(context));
        await using var gateway = await StartAsync(engine);

        using var broken = await gateway.ChatAsync("ann", Deterministic);
        using var refused = await gateway.ChatAsync("ann", Deterministic);
        using var whole = await gateway.ChatAsync("ann", Deterministic);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Two", await whole.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(3, engine.Answered);
    }

    [Fact]
    public async Task Chat_AnswerTooLarge_PassesAndIsNotKept()
    {
        var text = new string('x', 2000);
        await using var engine = await Engine.StartAsync(context => EngineAnswer.WriteAsync(context, text));
        await using var gateway = await StartAsync(engine, settings: ("Gateway:Cache:MaxEntryBytes", "1024"));

        for (var i = 0; i < 2; i++)
        {
            using var answer = await gateway.ChatAsync("ann", "\"temperature\":0");
            Assert.Contains(text, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        Assert.Equal(2, engine.Answered);
    }

    [Fact]
    public async Task Chat_AfterItsLifetime_IsAskedAnew()
    {
        await using var engine = await Engine.StartAsync();
        await using var gateway = await StartAsync(engine, settings: ("Gateway:Cache:Lifetime", "00:00:00.2"));
        using var first = await gateway.ChatAsync("ann", Deterministic);

        await Eventually.TrueAsync(async () =>
        {
            using var again = await gateway.ChatAsync("ann", Deterministic);
            return engine.Answered == 2;
        });
    }

    private static async Task<MeteredGateway> StartAsync(Engine engine, bool isCached = true, params (string Key, string Value)[] settings)
    {
        var gateway = await MeteredGateway.StartAsync(engine.Address, settings);
        gateway.Change(model => model with { IsCached = isCached });
        return gateway;
    }

    private static string Route(HttpResponseMessage answer) => answer.Headers.GetValues(CallHeaders.Route).Single();

    // An answer is kept after its last byte has left, so that a caller can be ahead of it.
    private static async Task<HttpResponseMessage> KeptAsync(MeteredGateway gateway, Func<Task<HttpResponseMessage>> ask)
    {
        HttpResponseMessage? kept = null;
        await Eventually.TrueAsync(async () =>
        {
            kept?.Dispose();
            kept = await ask();
            return Route(kept).Contains("cache=hit", StringComparison.Ordinal);
        });
        return kept!;
    }

    private sealed class Engine(LoopbackServer server) : IAsyncDisposable
    {
        private int _answered;

        public Uri Address => server.Address;

        public int Answered => Volatile.Read(ref _answered);

        public static async Task<Engine> StartAsync(RequestDelegate? answer = null)
        {
            Engine? engine = null;
            var server = await LoopbackServer.StartAsync(context =>
            {
                if (!context.Request.Path.StartsWithSegments("/v1/chat", StringComparison.Ordinal))
                {
                    return Task.CompletedTask;
                }

                Interlocked.Increment(ref engine!._answered);
                return (answer ?? CountingEngine.AnswerAsync)(context);
            });
            return engine = new Engine(server);
        }

        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
