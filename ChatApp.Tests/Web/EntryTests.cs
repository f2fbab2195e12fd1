using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Web;

/// <summary>The ways in besides a password alone: a code, a mailed link, another service.</summary>
[Trait("Category", "Integration")]
public sealed class EntryTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_WithASecondFactor_AsksForTheCodeAndThenSignsIn()
    {
        using var nora = site.NewVisitor();

        using var first = await nora.SignInAsync("careful@example.com", Stop, "/sign-in?returnUrl=%2Faccount%2Fkeys");
        var step = first.Headers.Location!.PathAndQuery;
        Assert.Equal("/sign-in/second-factor?returnUrl=%2Faccount%2Fkeys", step);
        Assert.DoesNotContain(nora.Cookies, cookie => cookie.Name == "chatapp");

        using var wrong = await nora.SubmitAsync(step, new() { ["Form.Code"] = "000000" }, Stop);
        Assert.Contains("This code is wrong.", await wrong.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(nora.Cookies, cookie => cookie.Name == "chatapp");

        using var right = await nora.SubmitAsync(step, new() { ["Form.Code"] = FakeAccounts.Code }, Stop);
        Assert.Equal("/account/keys", right.Headers.Location?.AbsolutePath);
        Assert.Contains(nora.Cookies, cookie => cookie.Name == "chatapp");
        Assert.DoesNotContain(nora.Cookies, cookie => cookie is { Name: "chatapp-second-factor", Expired: false });
    }

    [Fact]
    public async Task SecondFactor_WithoutAFirstStep_LeadsToSignIn()
    {
        using var visitor = site.NewVisitor();

        using var page = await visitor.Http.GetAsync(new Uri("/sign-in/second-factor", UriKind.Relative), Stop);

        Assert.Equal("/sign-in", page.Headers.Location?.AbsolutePath);
    }

    [Theory]
    [InlineData("unconfirmed@example.com", "Confirm your e-mail address first.", "resend-confirmation")]
    [InlineData("banned@example.com", "This account is banned until 1 May: it sold sea shells.", "")]
    public async Task SignIn_Refused_SaysWhyAndWhatToDo(string email, string sentence, string link)
    {
        using var visitor = site.NewVisitor();

        using var response = await visitor.SignInAsync(email, Stop);

        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Stop));
        Assert.Contains(sentence, html, StringComparison.Ordinal);
        Assert.Contains(link, html, StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Cookies, cookie => cookie.Name == "chatapp");
    }

    [Fact]
    public async Task SignUp_WhoseAddressMustBeConfirmed_SaysThatAMailIsOnItsWay()
    {
        using var visitor = site.NewVisitor();

        using var response = await visitor.SubmitAsync(
            "/sign-up", new() { ["Form.Name"] = "Nora", ["Form.Email"] = "waits@example.com", ["Form.Password"] = "long enough" }, Stop);

        Assert.Contains("Look into your mail", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Cookies, cookie => cookie.Name == "chatapp");
    }

    [Theory]
    [InlineData("/forgot-password")]
    [InlineData("/resend-confirmation")]
    public async Task Mail_AskedFor_SaysTheSameWhoeverAsks(string page)
    {
        using var visitor = site.NewVisitor();

        using var response = await visitor.SubmitAsync(page, new() { ["Form.Email"] = "whoever@example.com" }, Stop);

        Assert.Contains("Look into your mail", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("whoever@example.com", site.Api.Accounts.LastBody.GetProperty("email").GetString());
    }

    [Theory]
    [InlineData("/reset-password", "Choose a new password")]
    [InlineData("/confirm-email", "Confirm my address")]
    public async Task MailedLink_Opened_LosesItsTokenFromTheAddressAndChangesNothing(string page, string content)
    {
        using var visitor = site.NewVisitor();
        var before = site.Api.Requests.Count;

        using var opened = await visitor.Http.GetAsync(new Uri($"{page}?token=good-token", UriKind.Relative), Stop);
        Assert.Equal(page, opened.Headers.Location?.PathAndQuery);
        Assert.Equal("same-origin", Assert.Single(opened.Headers.GetValues("Referrer-Policy")));
        var cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"), static sent => sent.StartsWith("chatapp", StringComparison.Ordinal));
        Assert.Contains($"path={page}", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("good-token", cookie, StringComparison.Ordinal);

        var html = await visitor.Http.GetStringAsync(new Uri(page, UriKind.Relative), Stop);
        Assert.Contains(content, html, StringComparison.Ordinal);
        Assert.DoesNotContain("good-token", html, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Api.Requests.Skip(before), seen => seen.Method == HttpMethods.Post);
    }

    [Fact]
    public async Task ResetPassword_ByAGoodLink_SetsItAndLeadsToSignIn()
    {
        using var visitor = site.NewVisitor();
        (await visitor.Http.GetAsync(new Uri("/reset-password?token=good-token", UriKind.Relative), Stop)).Dispose();

        using var done = await visitor.SubmitAsync("/reset-password", new() { ["Form.Password"] = "another long one" }, Stop);

        Assert.Equal("/sign-in?done=password-reset", done.Headers.Location?.PathAndQuery);
        Assert.Equal("good-token", site.Api.Accounts.LastBody.GetProperty("token").GetString());
        Assert.Contains("Your new password is set.", await visitor.Http.GetStringAsync(done.Headers.Location, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfirmEmail_ByAnOldLink_SaysSo()
    {
        using var visitor = site.NewVisitor();
        (await visitor.Http.GetAsync(new Uri("/confirm-email?token=old-token", UriKind.Relative), Stop)).Dispose();

        using var answer = await visitor.SubmitAsync("/confirm-email", [], Stop);

        Assert.Contains("This link is not good any more.", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task External_ThereAndBack_SignsIn()
    {
        using var visitor = site.NewVisitor();
        using var leaving = await SetOutAsync(visitor);
        Assert.Equal("/sign-in/external/elsewhere", leaving.Headers.Location?.ToString());
        var page = await visitor.Http.GetStringAsync(leaving.Headers.Location, Stop);
        Assert.Contains("0;url=https://elsewhere.example/authorize?client_id=1", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("sealed-state", page, StringComparison.Ordinal);
        Assert.Equal(new Uri(site.Address, "/sign-in/external/elsewhere/callback").ToString(), site.Api.Accounts.LastBody.GetProperty("redirectUri").GetString());

        using var back = await visitor.Http.GetAsync(new Uri("/sign-in/external/elsewhere/callback?state=sealed-state&code=good", UriKind.Relative), Stop);

        Assert.Equal("/account", back.Headers.Location?.AbsolutePath);
        Assert.Contains(visitor.Cookies, cookie => cookie.Name == "chatapp");
    }

    [Theory]
    [InlineData(true, "state=other&code=good")]
    [InlineData(true, "code=good")]
    [InlineData(false, "state=sealed-state&code=good")]
    [InlineData(true, "state=sealed-state&error=access_denied")]
    [InlineData(true, "state=sealed-state&code=bad")]
    public async Task External_BackWithoutWhatItSetOutWith_SignsNobodyIn(bool setOut, string query)
    {
        using var visitor = site.NewVisitor();
        if (setOut)
        {
            (await SetOutAsync(visitor)).Dispose();
        }

        using var back = await visitor.Http.GetAsync(new Uri($"/sign-in/external/elsewhere/callback?{query}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Contains("That did not work", await back.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Cookies, cookie => cookie.Name == "chatapp");
        Assert.DoesNotContain(visitor.Cookies, cookie => cookie is { Name: "chatapp-external", Expired: false });
    }

    [Theory]
    [InlineData("/forgot-password", "forgot-password")]
    [InlineData("/resend-confirmation", "resend-confirmation")]
    [InlineData("/sign-in/external/elsewhere/start", null)]
    public async Task Form_WithoutItsToken_IsRefused(string page, string? handler)
    {
        using var visitor = site.NewVisitor();
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = handler ?? "", ["Form.Email"] = "a@example.com", ["returnUrl"] = "" });

        using var response = await visitor.Http.PostAsync(new Uri(page, UriKind.Relative), content, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    // The sign-in page has two forms, and each has a token of its own kind.
    private static async Task<HttpResponseMessage> SetOutAsync(Visitor visitor)
    {
        var html = await visitor.Http.GetStringAsync(new Uri("/sign-in?returnUrl=%2Faccount", UriKind.Relative), Stop);
        var form = html[html.IndexOf("sign-in/external/elsewhere/start", StringComparison.Ordinal)..];
        using var content = new FormUrlEncodedContent(Visitor.HiddenFieldsOf(form));
        return await visitor.Http.PostAsync(new Uri("/sign-in/external/elsewhere/start", UriKind.Relative), content, Stop);
    }
}
