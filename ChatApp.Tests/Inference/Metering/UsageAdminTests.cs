using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatApp.Inference.Metering;
using Xunit;

namespace ChatApp.Tests.Inference.Metering;

public sealed class UsageAdminTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/admin/usage")]
    [InlineData("/admin/budgets/ann")]
    public async Task Get_WithTheCallersKey_Is401(string path)
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());

        using var answer = await gateway.Host.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Usage_WithoutADatabase_IsOfThisProcess()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await MeteredGateway.StartAsync(engine.Address, ("Gateway:Currency", "EUR"));
        using var first = await gateway.ChatAsync("ann");
        using var second = await gateway.ChatAsync("ben");
        await Eventually.TrueAsync(() => gateway.Get<UsageLedger>().Read().Count == 2);

        var byCaller = await ItemsAsync(gateway, "?by=caller,model");
        var all = Assert.Single(await ItemsAsync(gateway, "?by="));

        Assert.Equal(["ann", "ben"], byCaller.Select(item => item.GetProperty("caller").GetString()).Order(StringComparer.Ordinal));
        Assert.All(byCaller, item => Assert.False(item.TryGetProperty("day", out _)));
        Assert.Equal(2, all.GetProperty("requests").GetInt64());
        Assert.Equal(2 * CountingEngine.Cost, all.GetProperty("cost").GetDecimal());
        Assert.Equal("EUR", all.GetProperty("currency").GetString());
    }

    [Theory]
    [InlineData("?from=2026-11-21&to=2026-11-20")]
    [InlineData("?from=yesterday")]
    [InlineData("?from=1900-01-01")]
    [InlineData("?by=day,prompt")]
    public async Task Usage_WrongQuestion_Is400ThatSaysWhatIsRight(string query)
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());

        using var answer = await gateway.Admin.GetAsync("/admin/usage" + query, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("must be", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budget_PutAndDeleted_HoldsAtOnceAndIsGone()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await MeteredGateway.StartAsync(engine.Address, ("Gateway:Budgets:Default:TokensPerDay", "5000"));

        using var put = await gateway.Admin.PutAsync("/admin/budgets/a%2Fb", JsonContent.Create(new { tokensPerDay = 0, costPerDay = 2.5m }), Cancellation);
        using var refused = await gateway.ChatAsync("a/b");
        var stored = await gateway.Admin.GetFromJsonAsync<JsonElement>("/admin/budgets/a%2Fb", Cancellation);
        using var deleted = await gateway.Admin.DeleteAsync("/admin/budgets/a%2Fb", Cancellation);
        using var again = await gateway.Admin.DeleteAsync("/admin/budgets/a%2Fb", Cancellation);
        using var answered = await gateway.ChatAsync("a/b");
        await Eventually.TrueAsync(async () =>
            (await gateway.Admin.GetFromJsonAsync<JsonElement>("/admin/budgets/a%2Fb", Cancellation)).GetProperty("usedTokens").GetInt64() == 1050);
        var common = await gateway.Admin.GetFromJsonAsync<JsonElement>("/admin/budgets/a%2Fb", Cancellation);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.OK],
            [put.StatusCode, refused.StatusCode, deleted.StatusCode, again.StatusCode, answered.StatusCode]);
        Assert.Equal("stored", stored.GetProperty("source").GetString());
        Assert.Equal(2.5m, stored.GetProperty("costPerDay").GetDecimal());
        Assert.Equal("a/b", stored.GetProperty("caller").GetString());
        Assert.Equal("default", common.GetProperty("source").GetString());
        Assert.Equal(5000, common.GetProperty("tokensPerDay").GetInt64());
        Assert.Equal(DateTime.UtcNow.Date.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), common.GetProperty("resetsAt").GetString()![..10]);
    }

    [Theory]
    [InlineData("""{"tokensPerDay":-1}""")]
    [InlineData("""{"tokensPerDay":"many"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Budget_PutWithWhatIsNone_Is400(string body)
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());

        using var answer = await gateway.Admin.PutAsync("/admin/budgets/ann", new StringContent(body), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<List<JsonElement>> ItemsAsync(MeteredGateway gateway, string query)
    {
        var list = await gateway.Admin.GetFromJsonAsync<JsonElement>("/admin/usage" + query, Cancellation);
        return [.. list.GetProperty("items").EnumerateArray()];
    }
}
