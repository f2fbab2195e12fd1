using System.Net;
using ChatApp.Web.Api;
using Xunit;

namespace ChatApp.Tests.Web;

public sealed class ApiClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null)]
    [InlineData("secret", "Bearer secret")]
    public async Task Get_ForTheCircuitsUser_SendsTheirToken(string? token, string? expected)
    {
        using var stub = new StubApi(_ => StubApi.Json("""{"model":"m","builtInModel":true,"notice":"n"}"""));

        var site = await stub.Client(token).GetSiteAsync(Stop);

        Assert.Equal(new SiteInfo("m", true, "n"), site);
        Assert.Equal(expected, stub.Authorization);
    }

    [Fact]
    public async Task SignIn_ByAnybody_SendsNoToken()
    {
        using var stub = new StubApi(_ => StubApi.Json("{}", HttpStatusCode.Unauthorized, "application/problem+json"));

        await Assert.ThrowsAsync<ApiException>(() => stub.Auth().SignInAsync(new("a@b", "c"), default, Stop));

        Assert.Null(stub.Authorization);
    }

    [Fact]
    public async Task SignIn_ForAVisitor_SaysWhoseAttemptItIs()
    {
        string? forwarded = null;
        using var stub = new StubApi(request =>
        {
            forwarded = Assert.Single(request.Headers.GetValues("X-Forwarded-For"));
            return StubApi.Json("{}", HttpStatusCode.Unauthorized, "application/problem+json");
        });

        await Assert.ThrowsAsync<ApiException>(() => stub.Auth().SignInAsync(new("a@b", "c"), new(IPAddress.Parse("203.0.113.7"), "Firefox"), Stop));

        Assert.Equal("203.0.113.7", forwarded);
    }

    [Theory]
    [InlineData("""{"title":"Busy","detail":"Too many people."}""", "application/problem+json", "Too many people.")]
    [InlineData("""{"title":"Invalid","errors":{"title":["A title has 1 to 120 characters."]}}""", "application/problem+json", "A title has 1 to 120 characters.")]
    [InlineData("""{"title":"Busy"}""", "application/problem+json", "Busy")]
    [InlineData("<html>bad gateway</html>", "text/html", "Something went wrong on our side. Try again in a moment.")]
    [InlineData("{", "application/problem+json", "Something went wrong on our side. Try again in a moment.")]
    public async Task Call_Refused_ThrowsTheProblemsSentence(string body, string type, string sentence)
    {
        using var stub = new StubApi(_ => StubApi.Json(body, HttpStatusCode.BadGateway, type));

        var error = await Assert.ThrowsAsync<ApiException>(() => stub.Client().GetSiteAsync(Stop));

        Assert.Equal((HttpStatusCode.BadGateway, sentence), (error.Status, error.Message));
    }

    [Fact]
    public async Task Call_ApiNotReachable_ThrowsASentenceToo()
    {
        using var stub = new StubApi(_ => throw new HttpRequestException("Connection refused (api:80)"));

        var error = await Assert.ThrowsAsync<ApiException>(() => stub.Client().GetSiteAsync(Stop));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, error.Status);
        Assert.DoesNotContain("refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WhenThePageIsGone_IsCancelledAndNotAProblem()
    {
        using var gone = new CancellationTokenSource();
        using var stub = new StubApi(_ =>
        {
            gone.Cancel();
            throw new OperationCanceledException(gone.Token);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stub.Client().GetSiteAsync(gone.Token));
    }
}
