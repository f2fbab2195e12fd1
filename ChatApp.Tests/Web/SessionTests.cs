using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace ChatApp.Tests.Web;

/// <summary>How the site keeps a session whose tokens live for minutes.</summary>
[Trait("Category", "Integration")]
public sealed class SessionTests(SiteFixture site) : IClassFixture<SiteFixture>, IDisposable
{
    private readonly string _email = $"nora.{Guid.NewGuid():N}@example.com";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FakeAccounts Accounts => site.Api.Accounts;

    public void Dispose() =>
        (Accounts.FirstTokenLives, Accounts.NextTokensLive, Accounts.MayRefresh, Accounts.IsInTrouble) =
            (TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), Task.CompletedTask, false);

    [Fact]
    public async Task Requests_TwentyAtOnceWithATokenThatHasEnded_RenewItOnce()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accounts.MayRefresh = go.Task;
        using var nora = await ArriveAsync(TimeSpan.Zero);
        var before = Accounts.Refreshes;

        var answers = Enumerable.Range(0, 20).Select(_ => nora.Http.GetStringAsync(new Uri("/api/whoami", UriKind.Relative), Stop)).ToArray();
        while (Accounts.Refreshes == before)
        {
            await Task.Yield();
        }

        go.SetResult();

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(_email, answer));
        Assert.Equal(before + 1, Accounts.Refreshes);
    }

    [Fact]
    public async Task Request_WithATokenPastHalfOfItsLife_BringsTheCookieUpToDate()
    {
        using var nora = await ArriveAsync(TimeSpan.Zero);
        var first = Cookie(nora);

        await nora.Http.GetStringAsync(new Uri("/characters", UriKind.Relative), Stop);
        var second = Cookie(nora);
        var refreshes = Accounts.Refreshes;
        await nora.Http.GetStringAsync(new Uri("/characters", UriKind.Relative), Stop);

        Assert.NotEqual(first, second);
        Assert.Equal(second, Cookie(nora));
        Assert.Equal(refreshes, Accounts.Refreshes);
        Assert.Contains("127.0.0.1", Accounts.LastVisitor.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_OneBehindWhatIsKnown_StillWorksAndIsBroughtUpToDate()
    {
        using var nora = await ArriveAsync(TimeSpan.Zero);
        var old = Cookie(nora);
        await WhoAmIAsync(nora);
        var refreshes = Accounts.Refreshes;

        using var response = await WithCookieAsync(site.Address, old);

        Assert.Equal(_email, await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(refreshes, Accounts.Refreshes);
        Assert.Contains(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("chatapp=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cookie_OneBehindAtAnotherProcessOfTheSite_GetsTheSameSuccessor()
    {
        using var nora = await ArriveAsync(TimeSpan.Zero);
        var old = Cookie(nora);
        await WhoAmIAsync(nora);
        await using var restarted = await site.StartAsync(site.Api.Address, attemptsPerMinute: 1000);

        using var response = await WithCookieAsync(new Uri(restarted.Urls.First()), old);

        Assert.Equal(_email, await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(_email, await WhoAmIAsync(nora));
    }

    [Fact]
    public async Task Session_EndedElsewhere_SignsOutAndLeadsToSignInAndBack()
    {
        using var nora = await ArriveAsync(TimeSpan.Zero);
        Accounts.EndAll(_email);

        using var page = await nora.Http.GetAsync(new Uri("/account/keys", UriKind.Relative), Stop);

        Assert.Equal($"/sign-in?returnUrl={Uri.EscapeDataString("/account/keys")}", page.Headers.Location?.PathAndQuery);
        Assert.DoesNotContain(nora.Cookies, cookie => cookie is { Name: "chatapp", Expired: false });
    }

    [Fact]
    public async Task Session_EndedWhileItsTokenWouldBeGood_IsNoticedByTheFirstCall()
    {
        using var nora = await ArriveAsync(TimeSpan.FromMinutes(10));
        Accounts.EndAll(_email);

        using var api = await nora.Http.GetAsync(new Uri("/api/whoami", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        Assert.DoesNotContain(nora.Cookies, cookie => cookie is { Name: "chatapp", Expired: false });
    }

    [Fact]
    public async Task Page_OfASessionThatEndedWhileItsTokenWouldBeGood_LeadsToSignIn()
    {
        using var nora = await ArriveAsync(TimeSpan.FromMinutes(10));
        Accounts.EndAll(_email);

        using var page = await nora.Http.GetAsync(new Uri("/account", UriKind.Relative), Stop);

        Assert.Equal($"/sign-in?returnUrl={Uri.EscapeDataString("/account")}", page.Headers.Location?.PathAndQuery ?? page.Headers.Location?.ToString());
        Assert.DoesNotContain(nora.Cookies, cookie => cookie is { Name: "chatapp", Expired: false });
    }

    [Fact]
    public async Task Token_RefusedBeforeItsEnd_IsReplacedAndNobodyNotices()
    {
        using var nora = await ArriveAsync(TimeSpan.FromMinutes(10));
        Accounts.CutOff(_email);

        Assert.Equal(_email, await WhoAmIAsync(nora));

        Accounts.CutOff(_email);
        Assert.Contains("Your account", await nora.Http.GetStringAsync(new Uri("/account", UriKind.Relative), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_InTrouble_KeepsThePersonSignedInAndRecovers()
    {
        using var nora = await ArriveAsync(TimeSpan.Zero);
        Accounts.IsInTrouble = true;

        var told = await KeepAsync(nora);
        using var api = await nora.Http.GetAsync(new Uri("/api/whoami", UriKind.Relative), Stop);
        Assert.Equal("away", told);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, api.StatusCode);
        Assert.Contains(nora.Cookies, cookie => cookie is { Name: "chatapp", Expired: false });

        Accounts.IsInTrouble = false;
        var waited = TimeSpan.Zero;
        while (await KeepAsync(nora) != "kept" && waited < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(200, Stop); // Not every request asks an Api that is in trouble.
            waited += TimeSpan.FromMilliseconds(200);
        }

        Assert.Equal(_email, await WhoAmIAsync(nora));
    }

    [Fact]
    public async Task Api_Away_KeepsThePersonSignedIn()
    {
        using var nora = await ArriveAsync(TimeSpan.Zero);
        await using var alone = await site.StartAsync("http://127.0.0.1:1", attemptsPerMinute: 1000);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(alone.Urls.First()), "/account"));
        request.Headers.Add("Cookie", $"chatapp={Cookie(nora)}");

        using var response = await nora.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("The chat service does not answer just now.", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(response.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(cookie => cookie.StartsWith("chatapp=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    public async Task Keep_OnlyFromThisSite_Works(string from, HttpStatusCode status)
    {
        using var nora = await ArriveAsync(TimeSpan.FromMinutes(10));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session/keep");
        request.Headers.Add("Sec-Fetch-Site", from);

        using var response = await nora.Http.SendAsync(request, Stop);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Keep_OfASessionEndedElsewhere_SaysSoAndTakesTheCookieAway()
    {
        using var nora = await ArriveAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("kept", await KeepAsync(nora));
        Accounts.EndAll(_email);

        Assert.Equal("ended", await KeepAsync(nora));
        Assert.DoesNotContain(nora.Cookies, cookie => cookie is { Name: "chatapp", Expired: false });
    }

    [Fact]
    public async Task SignOut_EndsTheSessionAtTheApi_AndItsOldCookieOpensNothing()
    {
        using var nora = await ArriveAsync(TimeSpan.FromMinutes(10));
        var (stolen, before) = (Cookie(nora), Accounts.SignOuts);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var out_ = await nora.Http.SendAsync(request, Stop);
        using var again = await WithCookieAsync(site.Address, stolen);

        Assert.Equal(before + 1, Accounts.SignOuts);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task SignIn_Again_MakesAnotherSession()
    {
        using var nora = await ArriveAsync(TimeSpan.FromMinutes(10));
        var planted = Cookie(nora);

        // Not by the page, which leads who is signed in on: another's form was open already.
        using var visitor = site.NewVisitor();
        (await visitor.SignInAsync(_email, Stop)).Dispose();

        Assert.NotEqual(planted, Cookie(visitor));
    }

    [Fact]
    public async Task SignInPage_SignedIn_LeadsOn()
    {
        using var nora = await ArriveAsync(TimeSpan.FromMinutes(10));

        using var page = await nora.Http.GetAsync(new Uri("/sign-in?returnUrl=%2Faccount", UriKind.Relative), Stop);

        Assert.Equal("/account", page.Headers.Location?.AbsolutePath);
    }

    private static string Cookie(Visitor visitor) => visitor.Cookies.Single(cookie => cookie is { Name: "chatapp", Expired: false }).Value;

    private static Task<string> WhoAmIAsync(Visitor visitor) => visitor.Http.GetStringAsync(new Uri("/api/whoami", UriKind.Relative), Stop);

    private static async Task<string?> KeepAsync(Visitor visitor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session/keep");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await visitor.Http.SendAsync(request, Stop);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("state").GetString();
    }

    private static async Task<HttpResponseMessage> WithCookieAsync(Uri address, string cookie)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/api/whoami"));
        request.Headers.Add("Cookie", $"chatapp={cookie}");
        var response = await http.SendAsync(request, Stop);
        await response.Content.LoadIntoBufferAsync(Stop);
        return response;
    }

    private async Task<Visitor> ArriveAsync(TimeSpan tokenLives)
    {
        Accounts.FirstTokenLives = tokenLives;
        var visitor = site.NewVisitor();
        using var signedIn = await visitor.SignInAsync(_email, Stop);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        return visitor;
    }
}
