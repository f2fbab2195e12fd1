using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace ChatApp.Tests.Inference;

public sealed class GatewayStreamingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_ServerSentEvents_ArriveOneByOneWhileTheEngineStillAnswers()
    {
        var taken = new SemaphoreSlim(0);
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            for (var i = 0; i < 20; i++)
            {
                await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event($"token {i}"));

                // The next one is made only when the reader has this one: a gateway that gathers would never end.
                await taken.WaitAsync(context.RequestAborted);
            }

            await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Done);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        using var response = await gateway.ChatAsync(Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(EngineAnswer.Event($"token {i}").TrimEnd(), await reader.ReadLineAsync(Cancellation));
            Assert.Equal(string.Empty, await reader.ReadLineAsync(Cancellation));
            taken.Release();
        }

        Assert.Equal("data: [DONE]", await reader.ReadLineAsync(Cancellation));
        Assert.Equal(string.Empty, await reader.ReadLineAsync(Cancellation));
        Assert.Null(await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Chat_CallerLeavesMidStream_TheEnginesRequestEndsAtOnce()
    {
        var left = new TaskCompletionSource<long>();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => left.TrySetResult(Stopwatch.GetTimestamp()));
            await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event("first"));
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        var response = await gateway.ChatAsync(Cancellation);
        var body = await response.Content.ReadAsStreamAsync(Cancellation);
        await body.ReadExactlyAsync(new byte[5], Cancellation);
        var leaving = Stopwatch.GetTimestamp();
        response.Dispose();

        var noticed = await left.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.InRange(Stopwatch.GetElapsedTime(leaving, noticed), TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Chat_CallerLeavesBeforeTheFirstByte_TheEnginesRequestEndsAtOnce()
    {
        var reached = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => left.TrySetResult());
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = gateway.ChatAsync(leaving.Token);
        await reached.Task.WaitAsync(Cancellation);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task Chat_EngineBreaksOffMidStream_TheCallerGetsOneErrorAndNoEnd()
    {
        var taken = new TaskCompletionSource();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event("first"));
            await taken.Task;
            context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        using var response = await gateway.ChatAsync(Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal(EngineAnswer.Event("first").TrimEnd(), await reader.ReadLineAsync(Cancellation));
        taken.SetResult();

        var rest = await reader.ReadToEndAsync(Cancellation);
        var last = Assert.Single(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var error = JsonDocument.Parse(last["data: ".Length..]).RootElement.GetProperty("error");
        Assert.Equal("engine_failed", error.GetProperty("code").GetString());
        Assert.Contains("first (broke_off)", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_ErrorOfTheEngine_IsToldInOpenAIsShape()
    {
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync("""{"error":{"message":"too long"}}""", context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        using var response = await gateway.ChatAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            """{"error":{"message":"too long","type":"invalid_request_error","param":null,"code":null}}""", await response.Content.ReadAsStringAsync(Cancellation));
    }
}
