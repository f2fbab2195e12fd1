using System.Net;
using Xunit;

namespace ChatApp.Tests.Web;

/// <summary>Starting a conversation by the plain form on a character's card.</summary>
public sealed class StartTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_FromTheSitesOwnPage_LeadsToTheConversation()
    {
        using var nora = site.NewVisitor();
        using var signedIn = await nora.SignInAsync("nora@example.com", Stop);

        using var answer = await StartAsync(nora, Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"/chat/{FakeApi.NewConversation}", answer.Headers.Location?.ToString());
        Assert.Equal($"Bearer {FakeApi.TokenOf("nora@example.com")}", site.Api.Requests.Last(seen => seen.Path == "/api/conversations").Authorization);
    }

    [Fact]
    public async Task Start_FromAnotherSite_IsRefused()
    {
        using var nora = site.NewVisitor();
        using var signedIn = await nora.SignInAsync("nora@example.com", Stop);

        using var answer = await StartAsync(nora, Guid.CreateVersion7(), "https://elsewhere.example");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Start_SignedOut_LeadsToSigningIn()
    {
        using var visitor = site.NewVisitor();

        using var answer = await StartAsync(visitor, Guid.CreateVersion7());

        Assert.Equal("/sign-in?returnUrl=/characters", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Start_RefusedByTheApi_SaysSoAmongTheCharacters()
    {
        using var nora = site.NewVisitor();
        using var signedIn = await nora.SignInAsync("nora@example.com", Stop);

        using var answer = await StartAsync(nora, FakeApi.BusyCharacter);

        Assert.Equal("/characters?problem=429", answer.Headers.Location?.ToString());
        Assert.Contains("Wait a minute", await nora.Http.GetStringAsync(answer.Headers.Location, Stop), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> StartAsync(Visitor visitor, Guid character, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/characters/start");
        request.Headers.Add("Origin", origin ?? visitor.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["character"] = character.ToString() });
        return await visitor.Http.SendAsync(request, Stop);
    }
}
