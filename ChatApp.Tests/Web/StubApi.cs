using System.Net;
using System.Text;
using ChatApp.Web.Api;
using ChatApp.Web.Session;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;

namespace ChatApp.Tests.Web;

/// <summary>An <see cref="ApiClient"/> whose answers a test writes.</summary>
internal sealed class StubApi(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<string> Asked { get; } = [];

    public string? Authorization { get; private set; }

    public ApiClient Client(string? token = null) => new(
        NewHttp(), new FixedUser(token), new SessionTokens(Auth(), Options.Create(new SessionOptions()), TimeProvider.System));

    public AuthApi Auth() => new(new Clients(this));

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK, string type = "application/json") =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, type) };

    public static string Conversation(Guid id, string title, string updatedAt) => $$"""
        {"id":"{{id}}","title":"{{title}}","createdAt":"{{updatedAt}}","updatedAt":"{{updatedAt}}","activeTurn":null,"lastMessage":null,
         "character":{"id":"{{Guid.Empty}}","slug":"a","name":"A","tagline":"","greeting":"","accentColor":"#000000","avatar":"A","starters":[] } }
        """;

    public static string Message(Guid id, string text, string status = "complete", Guid? parent = null, string role = "user") => $$"""
        {"id":"{{id}}","parentId":{{(parent is null ? "null" : $"\"{parent}\"")}},"turnId":null,"role":"{{role}}","text":"{{text}}","status":"{{status}}","error":null,"createdAt":"2026-01-01T00:00:00Z"}
        """;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        Authorization = request.Headers.Authorization?.ToString();
        return Task.FromResult(answer(request));
    }

    private HttpClient NewHttp() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://api/") };

    private sealed class Clients(StubApi stub) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => stub.NewHttp();
    }

    private sealed class FixedUser(string? token) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(token is null
            ? new()
            : SessionTicket.Principal(new HeldSession(
                "held",
                new SignedIn(token, DateTimeOffset.UtcNow.AddHours(1), "refresh", DateTimeOffset.MaxValue, new User(Guid.Empty, "Nora", "nora@example.com", "user")),
                DateTimeOffset.UtcNow))));
    }
}
