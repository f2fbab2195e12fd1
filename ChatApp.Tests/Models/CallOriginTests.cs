using ChatApp.Api.Models;
using Xunit;

namespace ChatApp.Tests.Models;

public sealed class CallOriginTests
{
    [Fact]
    public async Task Begin_WithinAnother_HoldsForItsCallsAlone()
    {
        using (CallOrigin.Facts.Begin())
        {
            Assert.Equal("background-facts", (await SentAsync())["ChatApp-Caller"]);
            await Task.Run(async () =>
            {
                using var inner = CallOrigin.Embeddings.Begin();
                Assert.Equal("background-embeddings", (await SentAsync())["ChatApp-Caller"]);
            }, TestContext.Current.CancellationToken);
            Assert.Equal("background-facts", (await SentAsync())["ChatApp-Caller"]);
        }

        Assert.Empty(await SentAsync());
    }

    [Fact]
    public async Task Begin_OfAPerson_SaysTheirIdAndALittleLessThanTheirPatience()
    {
        var (user, conversation) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var origin = CallOrigin.Of(user, conversation, TimeSpan.FromSeconds(10)).Begin();

        var sent = await SentAsync();

        Assert.Equal((user.ToString(), conversation.ToString(), "9750"), (sent["ChatApp-Caller"], sent["ChatApp-Conversation"], sent["ChatApp-Deadline"]));
    }

    private static async Task<Dictionary<string, string>> SentAsync()
    {
        var inner = new Noting();
        using var client = new HttpClient(new CallOriginHandler { InnerHandler = inner });
        using var response = await client.GetAsync("http://gateway/", TestContext.Current.CancellationToken);
        return inner.Headers;
    }

    private sealed class Noting : HttpMessageHandler
    {
        public Dictionary<string, string> Headers { get; private set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Headers = request.Headers.ToDictionary(static header => header.Key, static header => header.Value.Single(), StringComparer.Ordinal);
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
