using System.IO.Pipelines;
using System.Net;
using Xunit;

namespace ChatApp.Tests.Web;

/// <summary>Documents go through the forwarder, and nothing else of their size does.</summary>
[Trait("Category", "Integration")]
public sealed class UploadTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private const int Mega = 1024 * 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("conversations", 25)]
    [InlineData("characters", 25)]
    public async Task Document_OfTheLargestSize_GoesThrough(string owners, int megabytes)
    {
        using var response = await PostAsync($"/api/{owners}/{Guid.CreateVersion7()}/documents", new ByteArrayContent(new byte[megabytes * Mega]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{megabytes * Mega}", await response.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("/api/conversations/{0}/documents", 27)]
    [InlineData("/api/conversations/{0}/documents/x", 2)]
    [InlineData("/api/conversations/{0}/turns", 2)]
    [InlineData("/api/users/{0}/documents", 2)]
    public async Task Body_TooLargeForItsPath_IsRefused(string path, int megabytes)
    {
        using var response = await PostAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Guid.CreateVersion7()), new ByteArrayContent(new byte[megabytes * Mega]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Document_HalfSent_IsAtTheApiAlready()
    {
        var pipe = new Pipe();
        var posting = PostAsync($"/api/conversations/{Guid.CreateVersion7()}/documents", new StreamContent(pipe.Reader.AsStream()));

        // The client keeps the end of what it has in its buffer until there is more.
        await pipe.Writer.WriteAsync(new byte[100_000], Stop);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (site.Api.BodyBytes < 10_000)
        {
            await Task.Delay(10, patience.Token);
        }

        Assert.False(posting.IsCompleted);
        await pipe.Writer.CompleteAsync();
        using var response = await posting;
        Assert.Equal("100000", await response.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Document_FromAnotherSite_IsRefusedBeforeTheApi()
    {
        using var visitor = site.NewVisitor();
        var before = site.Api.Requests.Count;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/conversations/{Guid.CreateVersion7()}/documents") { Content = new ByteArrayContent(new byte[10]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await visitor.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(before, site.Api.Requests.Count);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, HttpContent content)
    {
        using var visitor = site.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.ExpectContinue = true; // Who is refused hears of it before the connection is closed on what is still being sent.
        var response = await visitor.Http.SendAsync(request, Stop);
        await response.Content.LoadIntoBufferAsync(Stop);
        return response;
    }
}
