using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.StandIns;

public sealed class ServiceDiscoveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://api/path?q=1", "http://127.0.0.1:8001/path?q=1")]
    [InlineData("https+http://api/path", "https://127.0.0.1:8443/path")]
    [InlineData("http+https://api/path", "http://127.0.0.1:8001/path")]
    [InlineData("https+http://plain/", "http://127.0.0.1:8002/")]
    [InlineData("http://_grpc.api/x", "http://127.0.0.1:8003/x")]
    [InlineData("http://single/x", "http://127.0.0.1:8004/x")]
    [InlineData("http://withpath/x", "http://127.0.0.1:8005/base/x")]
    [InlineData("http://noscheme/x", "http://127.0.0.1:8006/x")]
    [InlineData("http://other:81/x", "http://other:81/x")]
    [InlineData("https+http://other/x", "https://other/x")]
    public async Task Send_LogicalAddress_GoesToTheConfiguredOne(string logical, string expected)
    {
        await using var services = Create(out var sent,
            ("Services:api:http:0", "http://127.0.0.1:8001"),
            ("Services:api:https:0", "https://127.0.0.1:8443"),
            ("Services:api:grpc:0", "http://127.0.0.1:8003"),
            ("Services:plain:http:0", "http://127.0.0.1:8002"),
            ("Services:single:http", "http://127.0.0.1:8004"),
            ("Services:withpath:http:0", "http://127.0.0.1:8005/base/"),
            ("Services:noscheme:http:0", "127.0.0.1:8006"));
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("test");

        using var request = new HttpRequestMessage(HttpMethod.Get, logical);
        using var response = await client.SendAsync(request, Cancellation);

        Assert.Equal([expected], sent);
        Assert.Equal(logical, request.RequestUri!.OriginalString);
    }

    [Fact]
    public async Task Send_SeveralInstances_TakeTurns()
    {
        await using var services = Create(out var sent,
            ("Services:api:http:0", "http://127.0.0.1:8001"),
            ("Services:api:http:1", "http://127.0.0.1:8002"));
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("test");

        for (var i = 0; i < 4; i++)
        {
            using var response = await client.GetAsync(new Uri("http://api/"), Cancellation);
        }

        Assert.Equal(2, sent.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(sent.Take(2), sent.Skip(2));
    }

    private static ServiceProvider Create(out ConcurrentQueue<string> sent, params (string Key, string Value)[] settings)
    {
        var seen = sent = new ConcurrentQueue<string>();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)))
            .Build());
        services.AddServiceDiscovery();
        services.AddHttpClient("test").AddServiceDiscovery().ConfigurePrimaryHttpMessageHandler(() => new AnsweringHandler((request, _) =>
        {
            seen.Enqueue(request.RequestUri!.AbsoluteUri);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }));
        return services.BuildServiceProvider();
    }
}
