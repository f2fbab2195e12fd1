using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatApp.Inference.Metering;
using ChatApp.Inference.Storage;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Inference.Metering;

/// <summary>Gateways that share a real Postgres.</summary>
[Trait("Category", "Integration")]
public sealed class UsageStorageTests(StackFixture stack) : IAsyncDisposable
{
    private static readonly DateOnly Day = new(2026, 1, 2);

    private readonly string _schema = "gateway_" + Guid.NewGuid().ToString("N");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Budget_UsedThroughAnotherGateway_StopsHereWithinTheInterval()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var one = await StartAsync(engine, ("Gateway:Budgets:Default:TokensPerDay", "1000"));
        await using var two = await StartAsync(engine, ("Gateway:Budgets:Default:TokensPerDay", "1000"));

        using var first = await one.ChatAsync("ann");
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await one.ChatAsync("ann");
            return answer.StatusCode == HttpStatusCode.TooManyRequests;
        });
        await one.Get<UsageWriter>().WriteAsync(Cancellation);
        using var second = await two.ChatAsync("ann");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);

        // A caller that the second one knows already is followed: it learns of what is used elsewhere.
        using var put = await one.Admin.PutAsync("/admin/budgets/ann", JsonContent.Create(new { tokensPerDay = 1_000_000 }), Cancellation);
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await two.ChatAsync("ann");
            return answer.StatusCode == HttpStatusCode.OK;
        });
        using var third = await one.ChatAsync("ann");
        await Eventually.TrueAsync(async () => await UsedAsync(one, "ann") == await UsedAsync(two, "ann"));
    }

    [Fact]
    public async Task Usage_OfTwoGateways_IsOneSum()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var one = await StartAsync(engine);
        await using var two = await StartAsync(engine);

        for (var i = 0; i < 3; i++)
        {
            using var first = await one.ChatAsync("ann");
            using var second = await two.ChatAsync("ann");
            using var third = await two.ChatAsync("ben");
        }

        await Eventually.TrueAsync(async () => (await ItemsAsync(one, "")).Sum(item => item.GetProperty("requests").GetInt64()) == 9);
        var items = await ItemsAsync(one, "day,model,engine,caller");
        var anns = items.Single(item => item.GetProperty("caller").GetString() == "ann");
        Assert.Equal(2, items.Count);
        Assert.Equal(6, anns.GetProperty("requests").GetInt64());
        Assert.Equal(6 * CountingEngine.Cost, anns.GetProperty("cost").GetDecimal());
        Assert.Equal(6000, anns.GetProperty("inputTokens").GetInt64());
        Assert.Equal(2400, anns.GetProperty("cachedInputTokens").GetInt64());
    }

    [Fact]
    public async Task Write_DatabaseRefusesForAWhile_KeepsSummingAndCountsEachCallOnce()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await StartAsync(engine, ("Gateway:Budgets:Default:TokensPerDay", "100000"));
        await SqlAsync("ALTER TABLE usage RENAME TO usage_away");

        using var first = await gateway.ChatAsync("ann");
        await Eventually.TrueAsync(() => gateway.Get<UsageWriter>().ReadUnwritten().Count > 0);
        Assert.False(await gateway.Get<UsageWriter>().WriteAsync(Cancellation));
        using var second = await gateway.ChatAsync("ann");
        using var report = await gateway.Admin.GetAsync("/admin/usage", Cancellation);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], [first.StatusCode, second.StatusCode, report.StatusCode]);
        await Eventually.TrueAsync(async () => await UsedAsync(gateway, "ann") == 2100);

        await SqlAsync("ALTER TABLE usage_away RENAME TO usage");

        await Eventually.TrueAsync(async () => (await ItemsAsync(gateway, "")).Sum(item => item.GetProperty("requests").GetInt64()) == 2);
        Assert.Empty(gateway.Get<UsageWriter>().ReadUnwritten());
        Assert.Equal(2100, await UsedAsync(gateway, "ann"));
    }

    [Fact]
    public async Task Stop_WithinTheInterval_WritesWhatThereIs()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using (var gateway = await StartAsync(engine, ("Gateway:Metering:FlushInterval", "00:01:00")))
        {
            using var answer = await gateway.ChatAsync("ann");
            await Eventually.TrueAsync(() => gateway.Get<UsageLedger>().Read().Count > 0);
        }

        Assert.Equal(1L, await SqlAsync("SELECT sum(requests)::bigint FROM usage"));
    }

    [Fact]
    public async Task Add_TheSameBatchTwice_AddsItOnce()
    {
        await using var gateway = await StartAsync(null);
        var store = gateway.Get<UsageStore>();
        var batch = new UsageBatch(Guid.NewGuid(), [new UsageRow(new UsageKey(Day, "m", "e", "t", "ann"), new UsageAmounts { Requests = 1, InputTokens = 5, OutputTokens = 2, Cost = 0.000000000001m })]);

        await store.AddAsync(batch, Day, [], Cancellation);
        var totals = await store.AddAsync(batch, Day, ["ann", "ben"], Cancellation);

        Assert.Equal(new Dictionary<string, BudgetUse> { ["ann"] = new(7, 0.000000000001m) }, totals);
    }

    [Fact]
    public async Task Add_ManyGatewaysTheSameRows_LoseNothing()
    {
        await using var gateway = await StartAsync(null);
        var store = gateway.Get<UsageStore>();
        var rows = Enumerable.Range(0, 50).Select(i => new UsageRow(new UsageKey(Day, "m", "e", "t", $"caller-{i}"), new UsageAmounts { Requests = 1, InputTokens = 1 })).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 5; i++)
            {
                await store.AddAsync(new UsageBatch(Guid.NewGuid(), [.. rows.OrderBy(row => (row.Key.Caller.GetHashCode(StringComparison.Ordinal) * (writer + 1)) % 97)]), Day, [], Cancellation);
            }
        }));

        Assert.Equal(2000L, await SqlAsync("SELECT sum(requests)::bigint FROM usage"));
    }

    [Fact]
    public async Task Forget_OldDays_KeepsTheOthers()
    {
        await using var gateway = await StartAsync(null);
        var store = gateway.Get<UsageStore>();
        await store.AddAsync(new UsageBatch(Guid.NewGuid(), [Row(Day.AddDays(-1)), Row(Day)]), Day, [], Cancellation);

        await store.ForgetAsync(Day, Cancellation);

        Assert.Equal(1L, await SqlAsync("SELECT count(*) FROM usage"));
    }

    public async ValueTask DisposeAsync() => await ApiHost.SqlAsync(stack.ChatDb, $"DROP SCHEMA IF EXISTS {_schema} CASCADE");

    private static UsageRow Row(DateOnly day) => new(new UsageKey(day, "m", "e", "t", ""), new UsageAmounts { Requests = 1 });

    private static async Task<long> UsedAsync(MeteredGateway gateway, string caller) =>
        (await gateway.Admin.GetFromJsonAsync<JsonElement>($"/admin/budgets/{caller}", Cancellation)).GetProperty("usedTokens").GetInt64();

    private static async Task<List<JsonElement>> ItemsAsync(MeteredGateway gateway, string by)
    {
        var list = await gateway.Admin.GetFromJsonAsync<JsonElement>("/admin/usage?by=" + by, Cancellation);
        return [.. list.GetProperty("items").EnumerateArray()];
    }

    private async Task<MeteredGateway> StartAsync(LoopbackServer? engine, params (string Key, string Value)[] settings)
    {
        var gateway = await MeteredGateway.StartAsync(
            engine?.Address ?? GatewayHost.DeadAddress(),
            [
                ("ConnectionStrings:chatdb", stack.ChatDb),
                ("Gateway:Storage:Schema", _schema),
                ("Gateway:Storage:MaxConnections", "4"),
                ("Gateway:Metering:FlushInterval", "00:00:00.1"),
                ("Gateway:Metering:BudgetInterval", "00:00:00.1"),
                .. settings,
            ]);
        await gateway.Get<GatewayStorage>().WaitAsync(Cancellation);
        return gateway;
    }

    private Task<object?> SqlAsync(string sql) =>
        ApiHost.SqlAsync(new Npgsql.NpgsqlConnectionStringBuilder(stack.ChatDb) { SearchPath = _schema, Pooling = false }.ConnectionString, sql);
}
