using System.Diagnostics;
using System.Net;
using ChatApp.ServiceDefaults.Http;
using ChatApp.Tests.Inference;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.ServiceDefaults;

public sealed class StreamingHttpClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_ServerError_IsNotTriedAgain()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            calls++;
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var service = await StartAsync();

        using var response = await ClientOf(service).GetAsync(server.Address, Cancellation);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (response.StatusCode, calls));
    }

    [Fact]
    public async Task Send_NoHeadersInTime_TimesOutAndCloses()
    {
        var left = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => left.TrySetResult());
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var service = await StartAsync(options => options.FirstByteTimeout = TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<TimeoutException>(() => ClientOf(service).GetAsync(server.Address, Cancellation));

        await left.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Read_SilenceBeforeOrAfterTheFirstByte_TimesOutAndCloses(int pieces)
    {
        var left = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => left.TrySetResult());
            await context.Response.StartAsync(context.RequestAborted);
            for (var i = 0; i < pieces; i++)
            {
                await context.Response.WriteAsync("x", context.RequestAborted);
            }

            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var service = await StartAsync(options =>
        {
            options.FirstByteTimeout = TimeSpan.FromMilliseconds(pieces == 0 ? 200 : 60_000);
            options.IdleTimeout = TimeSpan.FromMilliseconds(pieces == 0 ? 60_000 : 200);
        });

        using var response = await ClientOf(service).GetAsync(server.Address, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(Cancellation);

        await Assert.ThrowsAsync<TimeoutException>(() => body.ReadExactlyAsync(new byte[pieces + 1], Cancellation).AsTask());
        await left.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task Read_SlowButTalking_HasNoLimitOnTheWhole()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            for (var i = 0; i < 6; i++)
            {
                await Task.Delay(500, context.RequestAborted);
                await context.Response.WriteAsync("x", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        });
        await using var service = await StartAsync(options => options.FirstByteTimeout = options.IdleTimeout = TimeSpan.FromSeconds(2));

        Assert.Equal("xxxxxx", await ClientOf(service).GetStringAsync(server.Address, Cancellation));
    }

    [Fact]
    public async Task Dispose_MidStream_ClosesAtOnce()
    {
        var left = new TaskCompletionSource<long>();
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => left.TrySetResult(Stopwatch.GetTimestamp()));
            await context.Response.WriteAsync("x", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var service = await StartAsync();

        var response = await ClientOf(service).GetAsync(server.Address, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await (await response.Content.ReadAsStreamAsync(Cancellation)).ReadExactlyAsync(new byte[1], Cancellation);
        var leaving = Stopwatch.GetTimestamp();
        response.Dispose();

        Assert.InRange(Stopwatch.GetElapsedTime(leaving, await left.Task.WaitAsync(Cancellation)), TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Send_CallerCancels_IsACancellationNotATimeout()
    {
        await using var server = await LoopbackServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var service = await StartAsync();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        leaving.CancelAfter(100);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ClientOf(service).GetAsync(server.Address, leaving.Token));
    }

    private static HttpClient ClientOf(ServiceHost service) => service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("stream");

    private static Task<ServiceHost> StartAsync(Action<StreamingHttpClientOptions>? configure = null) =>
        ServiceHost.StartAsync(builder => builder.Services.AddHttpClient("stream").AddStreamingDefaults(configure));
}
