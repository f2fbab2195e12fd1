using System.Net;
using System.Net.WebSockets;
using System.Text;
using Xunit;

namespace ChatApp.Tests.Web;

/// <summary>The socket through the site: with the cookie of the signed-in person, and for the site's own pages only.</summary>
[Trait("Category", "Integration")]
public sealed class SocketForwardingTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Origin => site.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task Connect_SignedIn_SpeaksForTheUser()
    {
        using var visitor = site.NewVisitor();
        (await visitor.SignInAsync("nora@example.com", Stop)).Dispose();
        using var socket = await ConnectAsync(visitor, ("Origin", Origin));

        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, Stop);

        Assert.Equal($"Bearer {FakeApi.TokenOf("nora@example.com")} hello", await ReceiveAsync(socket));
        Assert.Equal("", site.Api.Requests[^1].Cookie);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Stop);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Connect_SignedOut_Is401()
    {
        using var visitor = site.NewVisitor();

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusedAsync(visitor, ("Origin", Origin), ("Authorization", "Bearer forged")));
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("X-Nothing", "of its origin")]
    public async Task Connect_FromAnotherSite_IsRefused(string name, string value)
    {
        using var visitor = site.NewVisitor();
        (await visitor.SignInAsync("nora@example.com", Stop)).Dispose();
        var before = site.Api.Requests.Count(static r => r.Path == "/api/ws");

        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(visitor, (name, value)));
        Assert.Equal(before, site.Api.Requests.Count(static r => r.Path == "/api/ws"));
    }

    [Fact]
    public async Task Connect_OriginAndFetchSiteDisagree_IsRefused()
    {
        using var visitor = site.NewVisitor();

        Assert.Equal(HttpStatusCode.Forbidden, await RefusedAsync(visitor, ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "same-origin")));
    }

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private async Task<HttpStatusCode> RefusedAsync(Visitor visitor, params (string Name, string Value)[] headers)
    {
        using var socket = new ClientWebSocket();
        Configure(socket, visitor, headers);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address, Stop));
        return socket.HttpStatusCode;
    }

    private async Task<ClientWebSocket> ConnectAsync(Visitor visitor, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        Configure(socket, visitor, headers);
        await socket.ConnectAsync(Address, Stop);
        return socket;
    }

    private Uri Address => new UriBuilder(site.Address) { Scheme = "ws", Path = "/api/ws" }.Uri;

    private void Configure(ClientWebSocket socket, Visitor visitor, (string Name, string Value)[] headers)
    {
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Cookies = new CookieContainer();
        foreach (var cookie in visitor.Cookies)
        {
            socket.Options.Cookies.Add(site.Address, new Cookie(cookie.Name, cookie.Value));
        }

        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }
    }
}
