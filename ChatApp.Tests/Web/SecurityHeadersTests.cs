using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace ChatApp.Tests.Web;

[Trait("Category", "Integration")]
public sealed partial class SecurityHeadersTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/js/theme.js", HttpStatusCode.OK)]
    [InlineData("/api/echo", HttpStatusCode.OK)]
    [InlineData("/characters", HttpStatusCode.Found)]
    public async Task Answer_OfAnyKind_HasTheHeaders(string path, HttpStatusCode status)
    {
        using var visitor = site.NewVisitor();

        using var response = await visitor.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(status, response.StatusCode);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-up")]
    [InlineData("/characters")]
    public async Task Page_AsSent_HasNoInlineScriptOrStyle(string path)
    {
        using var visitor = site.NewVisitor();
        if (path == "/characters")
        {
            (await visitor.SignInAsync("nora@example.com", Stop)).Dispose();
        }

        var html = await visitor.Http.GetStringAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.DoesNotMatch(Inline(), html);
    }

    [Fact]
    public async Task Page_NotFound_IsAPageOfTheSite()
    {
        using var visitor = site.NewVisitor();

        using var response = await visitor.Http.GetAsync(new Uri("/nowhere", UriKind.Relative), Stop);

        Assert.Contains("Nobody here", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Landing_WhenTheApiIsDown_StillOpens()
    {
        await using var alone = await site.StartAsync("http://127.0.0.1:9", attemptsPerMinute: 10);
        using var visitor = new Visitor(new Uri(alone.Urls.First()));

        using var response = await visitor.Http.GetAsync(new Uri("/", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Create an account", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"<style|\sstyle=""|\son\w+=""|<script(?![^>]*\ssrc=)|javascript:", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inline();
}
