using System.Net;
using ChatApp.Tests.StandIns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Xunit;

namespace ChatApp.Tests.ServiceDefaults;

public sealed class HttpClientDefaultsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", 2)]
    [InlineData("POST", 1)]
    public async Task AnyClient_RepeatsOnlyWhatMayBeRepeated_AtTheServicesAddress(string method, int attempts)
    {
        List<Uri> sent = [];
        await using var service = await ServiceHost.StartAsync(
            builder =>
            {
                builder.Services.ConfigureAll<HttpStandardResilienceOptions>(options =>
                {
                    options.Retry.Delay = TimeSpan.Zero;
                    options.Retry.MaxRetryAttempts = 1;
                });
                builder.Services.AddHttpClient("any").ConfigurePrimaryHttpMessageHandler(() => new AnsweringHandler((request, _) =>
                {
                    sent.Add(request.RequestUri!);
                    return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
                }));
            },
            settings: ("Services:api:http:0", "http://127.0.0.1:9999"));
        var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("any");

        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "https+http://api/x"), Cancellation);

        Assert.Equal(Enumerable.Repeat(new Uri("http://127.0.0.1:9999/x"), attempts), sent);
    }
}
