using System.Diagnostics;
using System.Net;
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
            context.Response.ContentType = "text/event-stream";
            for (var i = 0; i < 20; i++)
            {
                await context.Response.WriteAsync($"data: token {i}\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);

                // The next one is made only when the reader has this one: a gateway that gathers would never end.
                await taken.WaitAsync(context.RequestAborted);
            }
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        using var response = await gateway.ChatAsync(Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal($"data: token {i}", await reader.ReadLineAsync(Cancellation));
            Assert.Equal(string.Empty, await reader.ReadLineAsync(Cancellation));
            taken.Release();
        }

        Assert.Null(await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Chat_CallerLeavesMidStream_TheEnginesRequestEndsAtOnce()
    {
        var left = new TaskCompletionSource<long>();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => left.TrySetResult(Stopwatch.GetTimestamp()));
            await context.Response.WriteAsync("data: first\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
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
    public async Task Chat_EngineBreaksOffMidStream_TheCallerSeesABrokenAnswerNotAnEnd()
    {
        var taken = new TaskCompletionSource();
        await using var engine = await LoopbackServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("data: first\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await taken.Task;
            context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        using var response = await gateway.ChatAsync(Cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("data: first", await reader.ReadLineAsync(Cancellation));
        taken.SetResult();

        await Assert.ThrowsAnyAsync<IOException>(async () => await reader.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Chat_ErrorOfTheEngine_PassesAsItIs()
    {
        await using var engine = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync("""{"error":{"message":"too long"}}""", context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(engine.Address);

        using var response = await gateway.ChatAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("""{"error":{"message":"too long"}}""", await response.Content.ReadAsStringAsync(Cancellation));
    }
}
