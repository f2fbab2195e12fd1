using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace ChatApp.Tests.Inference;

public sealed class GatewayFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_EngineDown_Is503AndSaysWhatToDo()
    {
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.DeadAddress());

        using var response = await gateway.ChatAsync(Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        var error = await ReadErrorAsync(response);
        Assert.Equal("engine_unavailable", error.GetProperty("code").GetString());
        Assert.Contains("/health", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_EngineComesBack_IsReachedAgainAtOnce()
    {
        var address = GatewayHost.DeadAddress();
        await using var gateway = await GatewayHost.StartAsync(address);
        for (var i = 0; i < 30; i++)
        {
            using var refused = await gateway.ChatAsync(Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        await using var engine = await LoopbackServer.StartAsync(context => EngineAnswer.WriteAsync(context), address.Port);
        using var response = await gateway.ChatAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Chat_EngineClosesBeforeAnswering_Is502()
    {
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        using var response = await gateway.ChatAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("engine_failed", (await ReadErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Chat_EngineSilent_Is504AfterTheActivityTimeout()
    {
        await using var engine = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Gateway:ActivityTimeout", "00:00:00.3"));

        using var response = await gateway.ChatAsync(Cancellation);

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal("engine_timeout", (await ReadErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Chat_EngineSlowButTalking_IsNotCutOff()
    {
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            for (var i = 0; i < 6; i++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), context.RequestAborted);
                await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event("x"));
            }

            await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Finish, EngineAnswer.Done);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address, ("Gateway:ActivityTimeout", "00:00:02"));

        using var response = await gateway.ChatAsync(Cancellation);

        Assert.Equal(string.Concat(Enumerable.Repeat(EngineAnswer.Event("x"), 6)) + EngineAnswer.Finish + EngineAnswer.Done, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<JsonElement> ReadErrorAsync(HttpResponseMessage response)
    {
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        Assert.Equal("engine_error", error.GetProperty("type").GetString());
        Assert.NotEmpty(error.GetProperty("trace_id").GetString()!);
        return error;
    }
}
