using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Web;

/// <summary>A site in front of two processes of the Api.</summary>
[Trait("Category", "Integration")]
public sealed class FailoverTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streams_TwoProcesses_AreSpreadOverBoth()
    {
        await using var first = await FakeApi.StartAsync();
        await using var second = await FakeApi.StartAsync();
        await using var site = await fixture.StartAsync(first.Address, attemptsPerMinute: 1000, second.Address);
        using var visitor = new Visitor(AddressOf(site));
        var streams = new List<HttpResponseMessage>();

        for (var i = 0; i < 6; i++)
        {
            streams.Add(await visitor.Http.GetAsync(new Uri("/api/turns/1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop));
        }

        Assert.Equal([3, 3], new[] { first, second }.Select(static api => api.Requests.Count));
        first.StreamMayGoOn.SetResult();
        second.StreamMayGoOn.SetResult();
        streams.ForEach(static stream => stream.Dispose());
    }

    [Fact]
    public async Task AnyRequest_OneOfTwoProcessesIsGone_IsAnsweredByTheOther()
    {
        var gone = await FakeApi.StartAsync();
        await using var there = await FakeApi.StartAsync();
        await using var site = await fixture.StartAsync(gone.Address, attemptsPerMinute: 1000, there.Address);
        await gone.DisposeAsync();

        // The first through the forwarder, the second through the site's own client.
        for (var i = 0; i < 6; i++)
        {
            using var visitor = new Visitor(AddressOf(site));
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/echo") { Content = new StringContent($"said {i}") };
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            using var forwarded = await visitor.Http.SendAsync(request, Stop);
            Assert.Equal($"said {i}", await forwarded.Content.ReadAsStringAsync(Stop));

            using var signedIn = await visitor.SignInAsync($"nora{i}@example.com", Stop);
            Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        }
    }

    [Fact]
    public async Task Forward_AllProcessesAreGone_IsABadGateway()
    {
        var first = await FakeApi.StartAsync();
        var second = await FakeApi.StartAsync();
        await using var site = await fixture.StartAsync(first.Address, attemptsPerMinute: 1000, second.Address);
        await first.DisposeAsync();
        await second.DisposeAsync();
        using var visitor = new Visitor(AddressOf(site));

        using var response = await visitor.Http.GetAsync(new Uri("/api/echo", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
    }

    private static Uri AddressOf(Microsoft.AspNetCore.Builder.WebApplication site) =>
        new(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
