using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatApp.Inference.Metering;
using Xunit;

namespace ChatApp.Tests.Inference.Metering;

public sealed class CallerAdminTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delete_ACaller_KeepsItsUsageWithoutItsName()
    {
        await using var engine = await LoopbackServer.StartAsync(CountingEngine.AnswerAsync);
        await using var gateway = await MeteredGateway.StartAsync(engine.Address);
        using var first = await gateway.ChatAsync("ann");
        using var second = await gateway.ChatAsync("ben");
        await Eventually.TrueAsync(() => gateway.Get<UsageLedger>().Read().Count == 2);
        using var put = await gateway.Admin.PutAsync("/admin/budgets/ann", JsonContent.Create(new { tokensPerDay = 5 }), Cancellation);

        using var deleted = await gateway.Admin.DeleteAsync("/admin/callers/ann", Cancellation);
        var usage = await gateway.Admin.GetFromJsonAsync<JsonElement>("/admin/usage?by=caller", Cancellation);
        var budget = await gateway.Admin.GetFromJsonAsync<JsonElement>("/admin/budgets/ann", Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(["ben", "deleted"], usage.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("caller").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal("none", budget.GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("other")]
    public async Task Delete_ANameOfMany_IsRefused(string name)
    {
        await using var gateway = await MeteredGateway.StartAsync(GatewayHost.DeadAddress());

        using var answer = await gateway.Admin.DeleteAsync($"/admin/callers/{name}", Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
