using System.Net.Http.Headers;
using System.Net.Sockets;
using ChatApp.Inference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatApp.Tests.Inference;

/// <summary>The gateway on a real Kestrel, in front of engines that a test plays.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string Key = "a-gateway-key-for-tests";
    public const string EngineKey = "a-key-of-the-engine";
    public const string Model = "test-model";

    private readonly WebApplication _app;

    private GatewayHost(WebApplication app)
    {
        _app = app;

        // Leaving an answer closes the connection; by default the client would read on for two seconds.
        Client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = new Uri(app.Urls.Single()) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    /// <summary>A caller that has the key.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<GatewayHost> StartAsync(Uri engine, params (string Key, string Value)[] settings) =>
        StartAsync([
            ("Engines:0:Name", "first"),
            ("Engines:0:Kind", "LlamaCpp"),
            ("Engines:0:Address", engine.GetLeftPart(UriPartial.Authority)),
            ("Engines:0:Key", EngineKey),
            ("Engines:0:Model", Model),

            // Else the engine would be asked for its slots, which most tests do not expect.
            ("Engines:0:Concurrency", "64"),
            .. settings]);

    public static async Task<GatewayHost> StartAsync((string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        // An engine that a test plays counts what it is asked, so nobody asks it in the background unless the test says so.
        foreach (var (key, value) in settings.Prepend(("Gateway:ProbeInterval", "00:00:00")).Prepend(("Gateway:Key", Key)))
        {
            // One source each, so that a test's setting replaces a default.
            builder.Configuration.AddInMemoryCollection([new(key, value)]);
        }


        // Quiet, but not off: with no logger at all ASP.NET Core starts no trace.
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddGateway();
        var app = builder.Build();
        app.UseGateway();
        app.MapDefaultEndpoints();
        app.MapGateway();
        await app.StartAsync();
        return new GatewayHost(app);
    }

    public static StringContent ChatBody(string model = Model) =>
        new($$"""{"messages":[{"role":"user","content":"Hello"}],"nested":{"model":"decoy"},"model":"{{model}}","stream":true}""", MediaTypeHeaderValue.Parse("application/json"));

    /// <summary>Sends a chat and returns when the headers are here, so that the body can be read as it comes.</summary>
    public Task<HttpResponseMessage> ChatAsync(CancellationToken cancellationToken, string model = Model) =>
        Client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = ChatBody(model) },
            HttpCompletionOption.ResponseHeadersRead,
            cancellationToken);

    /// <summary>A loopback address on which nobody listens.</summary>
    public static Uri DeadAddress()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
