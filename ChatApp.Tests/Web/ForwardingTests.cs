using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace ChatApp.Tests.Web;

[Trait("Category", "Integration")]
public sealed class ForwardingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forward_SignedOut_PassesWithoutWhatTheBrowserSaysOfItself()
    {
        using var visitor = site.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo?case=signed-out");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "forged");
        request.Headers.Add("Cookie", "mine=1");

        using var response = await visitor.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = site.Api.Requests[^1];
        Assert.Equal(("/api/echo", "", ""), (seen.Path, seen.Authorization, seen.Cookie));
    }

    [Fact]
    public async Task Forward_SignedIn_SpeaksForTheUserOnly()
    {
        using var visitor = site.NewVisitor();
        (await visitor.SignInAsync("nora@example.com", Stop)).Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "forged");

        using var response = await visitor.Http.SendAsync(request, Stop);

        var seen = site.Api.Requests[^1];
        Assert.Equal($"Bearer {FakeApi.TokenOf("nora@example.com")}", seen.Authorization);
        Assert.Equal("", seen.Cookie);
    }

    [Theory]
    [InlineData("/api/auth/sign-in")]
    [InlineData("/API/Auth/Sign-In")]
    [InlineData("/api/auth/")]
    [InlineData("/api/x/../auth/sign-in")]
    [InlineData("/api/%61uth/sign-in")]
    [InlineData("/api//auth/sign-in")]
    [InlineData("/api/auth%2Fsign-in")]
    public async Task Forward_SignInRoutes_NeverAnswersWithAToken(string path)
    {
        using var visitor = site.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Content = new StringContent($$"""{"email":"nora@example.com","password":"{{FakeApi.Password}}"}""", new MediaTypeHeaderValue("application/json"));

        using var response = await visitor.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("token.of", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "at all")]
    public async Task Post_FromAnotherSite_IsRefusedBeforeTheApi(string header, string value)
    {
        using var visitor = site.NewVisitor();
        (await visitor.SignInAsync("csrf@example.com", Stop)).Dispose();
        var before = site.Api.Requests.Count;
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Patch, HttpMethod.Delete, HttpMethod.Put })
        {
            using var request = new HttpRequestMessage(method, "/api/echo");
            request.Headers.Add(header, value);

            using var response = await visitor.Http.SendAsync(request, Stop);

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal(before, site.Api.Requests.Count);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Origin", null)]
    public async Task Post_FromThisSite_IsForwarded(string header, string? value)
    {
        using var visitor = site.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/echo") { Content = new StringContent("said") };
        request.Headers.Add(header, value ?? site.Address.GetLeftPart(UriPartial.Authority));

        using var response = await visitor.Http.SendAsync(request, Stop);

        Assert.Equal("said", await response.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Post_LargerThanTheLimit_IsRefused()
    {
        using var visitor = site.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/echo") { Content = new ByteArrayContent(new byte[1024 * 1024 + 1]) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var response = await visitor.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Stream_WhileTheApiStillWrites_ArrivesEventByEvent()
    {
        site.Api.ResetStream();
        using var visitor = site.NewVisitor();
        using var response = await visitor.Http.GetAsync(new Uri("/api/turns/1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("id: 1-1", await reader.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Stop));

        site.Api.StreamMayGoOn.SetResult();
        Assert.Contains("id: 2-1", await reader.ReadToEndAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_WhenTheReaderLeaves_IsClosedAtTheApiToo()
    {
        site.Api.ResetStream();
        using var visitor = site.NewVisitor();
        var response = await visitor.Http.GetAsync(new Uri("/api/turns/1/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Stop);
        var stream = await response.Content.ReadAsStreamAsync(Stop);
        await stream.ReadExactlyAsync(new byte[7], Stop);

        response.Dispose();

        await site.Api.StreamWasLeft.Task.WaitAsync(TimeSpan.FromSeconds(10), Stop);
    }
}
