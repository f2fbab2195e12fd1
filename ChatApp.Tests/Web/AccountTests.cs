using System.Net;
using ChatApp.Web.Session;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Web;

[Trait("Category", "Integration")]
public sealed class AccountTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_RightPassword_KeepsTheTokensInAnEncryptedCookieUntilTheSessionEnds()
    {
        using var visitor = site.NewVisitor();

        using var response = await visitor.SignInAsync("nora@example.com", Stop);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(new Uri(site.Address, "/characters"), response.Headers.Location);
        var sent = Assert.Single(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("chatapp=", StringComparison.Ordinal));
        Assert.Contains("httponly", sent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", sent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("token.of", Uri.UnescapeDataString(sent), StringComparison.Ordinal);
        Assert.DoesNotContain("refresh", Uri.UnescapeDataString(sent), StringComparison.Ordinal);
        Assert.Equal(FakeAccounts.SessionEnd.UtcDateTime, visitor.Cookies.Single(cookie => cookie.Name == "chatapp").Expires.ToUniversalTime(), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task SignedIn_PageForTheBrowser_DoesNotHoldTheToken()
    {
        using var visitor = site.NewVisitor();
        (await visitor.SignInAsync("nora@example.com", Stop)).Dispose();

        var html = await visitor.Http.GetStringAsync(new Uri("/characters", UriKind.Relative), Stop);

        Assert.Contains("Nora", html, StringComparison.Ordinal);
        Assert.DoesNotContain("token.of", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Cookie_OverHttps_IsSecure()
        => Assert.Equal(
            CookieSecurePolicy.SameAsRequest,
            site.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme).Cookie.SecurePolicy);

    [Fact]
    public async Task SignIn_AfterARestartOfTheSite_IsStillSignedIn()
    {
        using var visitor = site.NewVisitor();
        (await visitor.SignInAsync("nora@example.com", Stop)).Dispose();
        await using var restarted = await site.StartAsync(site.Api.Address, attemptsPerMinute: 1000);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(AddressOf(restarted), "/api/echo"));
        request.Headers.Add("Cookie", string.Join("; ", visitor.Cookies));
        using var other = new HttpClient(new HttpClientHandler { UseCookies = false });

        using var response = await other.SendAsync(request, Stop);

        Assert.Equal($"Bearer {FakeApi.TokenOf("nora@example.com")}", site.Api.Requests[^1].Authorization);
        Assert.NotEmpty(site.Keys.GetFiles());
    }

    [Fact]
    public async Task SignIn_WrongPassword_SaysSoAndSignsNobodyIn()
    {
        using var visitor = site.NewVisitor();

        using var response = await visitor.SubmitAsync("/sign-in", new() { ["Form.Email"] = "nora@example.com", ["Form.Password"] = "wrong password" }, Stop);

        Assert.Contains("The e-mail address or the password is wrong.", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Cookies, cookie => cookie.Name == "chatapp");
    }

    [Fact]
    public async Task SignIn_WithoutTheFormsToken_IsRefused()
    {
        using var visitor = site.NewVisitor();
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["Form.Email"] = "nora@example.com", ["Form.Password"] = FakeApi.Password });

        using var response = await visitor.Http.PostAsync(new Uri("/sign-in", UriKind.Relative), content, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain(visitor.Cookies, cookie => cookie.Name == "chatapp");
    }

    [Theory]
    [InlineData("", "", "", "Enter a name.", "Enter your e-mail address.", "Choose a password.")]
    [InlineData("Nora", "nora", "short", "", "This does not look like an e-mail address.", "A password has 8 to 128 characters.")]
    [InlineData("Nora", "taken@example.com", "long enough", "", "Someone already signed up with this e-mail address.", "")]
    [InlineData("Nora", "odd@example.com", "long enough", "", "", "This password is on a list of stolen ones.")]
    public async Task SignUp_NotGoodEnough_SaysWhatIsWrong(string name, string email, string password, params string[] sentences)
    {
        using var visitor = site.NewVisitor();

        using var response = await visitor.SubmitAsync("/sign-up", new() { ["Form.Name"] = name, ["Form.Email"] = email, ["Form.Password"] = password }, Stop);

        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Stop));
        Assert.All(sentences, sentence => Assert.Contains(sentence, html, StringComparison.Ordinal));
        Assert.DoesNotContain(visitor.Cookies, cookie => cookie.Name == "chatapp");
    }

    [Fact]
    public async Task SignUp_New_SignsIn()
    {
        using var visitor = site.NewVisitor();

        using var response = await visitor.SubmitAsync("/sign-up", new() { ["Form.Name"] = "Nora", ["Form.Email"] = "new@example.com", ["Form.Password"] = "long enough" }, Stop);

        Assert.Equal(new Uri(site.Address, "/characters"), response.Headers.Location);
        Assert.Contains(visitor.Cookies, cookie => cookie.Name == "chatapp");
    }

    [Fact]
    public async Task ProtectedPage_SignedOut_LeadsToSignInAndBack()
    {
        using var visitor = site.NewVisitor();
        var page = $"/chat/{Guid.NewGuid()}";

        using var sent = await visitor.Http.GetAsync(new Uri(page, UriKind.Relative), Stop);
        var signIn = sent.Headers.Location!.PathAndQuery;
        using var back = await visitor.SignInAsync("nora@example.com", Stop, signIn);

        Assert.Equal($"/sign-in?returnUrl={Uri.EscapeDataString(page)}", signIn);
        Assert.Equal(new Uri(site.Address, page), back.Headers.Location);
    }

    [Theory]
    [InlineData("/chat/1?x=2", "/chat/1?x=2")]
    [InlineData(null, "/characters")]
    [InlineData("", "/characters")]
    [InlineData("chat", "/characters")]
    [InlineData("https://elsewhere.example/", "/characters")]
    [InlineData("//elsewhere.example/", "/characters")]
    [InlineData("/\\elsewhere.example/", "/characters")]
    [InlineData("/a\r\nb", "/characters")]
    public void ReturnUrl_OnlyPathsOfThisSite_AreFollowed(string? url, string expected) => Assert.Equal(expected, ReturnUrl.Local(url));

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden, true)]
    [InlineData("same-origin", HttpStatusCode.Found, false)]
    public async Task SignOut_OnlyFromThisSite_Works(string from, HttpStatusCode status, bool staysSignedIn)
    {
        using var visitor = site.NewVisitor();
        (await visitor.SignInAsync("nora@example.com", Stop)).Dispose();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.Add("Sec-Fetch-Site", from);

        using var response = await visitor.Http.SendAsync(request, Stop);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(staysSignedIn, visitor.Cookies.Any(cookie => cookie.Name == "chatapp" && !cookie.Expired));
    }

    [Fact]
    public async Task SignIn_TooOftenInAMinute_IsRefused()
    {
        await using var strict = await site.StartAsync(site.Api.Address, attemptsPerMinute: 2);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var early = new Visitor(AddressOf(strict));
            using var allowed = await early.SignInAsync("nora@example.com", Stop);
            Assert.Equal(HttpStatusCode.Found, allowed.StatusCode);
        }

        using var visitor = new Visitor(AddressOf(strict));
        using var refused = await visitor.SignInAsync("nora@example.com", Stop);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("Slow down a little", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
}
