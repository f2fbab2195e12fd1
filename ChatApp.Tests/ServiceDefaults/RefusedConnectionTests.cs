using ChatApp.Tests.Inference;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.ServiceDefaults;

public sealed class RefusedConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_OneOfTwoProcessesIsGone_ReachesTheOther(bool streaming)
    {
        await using var gone = await LoopbackServer.StartAsync(static _ => Task.CompletedTask);
        await using var there = await LoopbackServer.StartAsync(static async context =>
            await context.Response.WriteAsync(await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted), context.RequestAborted));
        await using var service = await ServiceHost.StartAsync(
            builder =>
            {
                var client = builder.Services.AddHttpClient("api");
                if (streaming)
                {
                    client.AddStreamingDefaults();
                }
            },
            settings: [("Services:api:http:0", gone.Address.ToString()), ("Services:api:http:1", there.Address.ToString())]);
        await gone.DisposeAsync();
        var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");

        for (var i = 0; i < 4; i++)
        {
            using var body = new StringContent($"said {i}");
            using var response = await client.PostAsync(new Uri("http://api/"), body, Cancellation);

            Assert.Equal($"said {i}", await response.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Get_AllProcessesAreGone_Fails()
    {
        await using var gone = await LoopbackServer.StartAsync(static _ => Task.CompletedTask);
        await using var service = await ServiceHost.StartAsync(
            static builder => builder.Services.AddHttpClient("api").AddStreamingDefaults(),
            settings: ("Services:api:http:0", gone.Address.ToString()));
        await gone.DisposeAsync();
        var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://api/"), Cancellation));

        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
    }
}
