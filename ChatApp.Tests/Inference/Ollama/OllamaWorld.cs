using System.Net;
using System.Text.Json;
using ChatApp.Tests.Inference.Admin;
using Xunit;

namespace ChatApp.Tests.Inference.Ollama;

/// <summary>A gateway, an Ollama behind it, and an admin.</summary>
internal sealed class OllamaWorld : IAsyncDisposable
{
    private OllamaWorld(FakeOllama ollama, GatewayHost gateway)
    {
        Ollama = ollama;
        Gateway = gateway;
        Admin = new AdminCaller(gateway);
    }

    public FakeOllama Ollama { get; }

    public GatewayHost Gateway { get; }

    public AdminCaller Admin { get; }

    public static async Task<OllamaWorld> StartAsync(params (string Key, string Value)[] settings)
    {
        var ollama = await FakeOllama.StartAsync();
        return new OllamaWorld(ollama, await StartGatewayAsync(ollama.Address, settings));
    }

    public static Task<GatewayHost> StartGatewayAsync(Uri ollama, params (string Key, string Value)[] settings) => GatewayHost.StartAsync(
        ollama,
        [
            AdminCaller.Setting,
            ("Engines:0:Kind", "Ollama"),
            ("Engines:0:Key", ""),
            ("Engines:0:Model", "llama3.2:3b"),
            ("Engines:1:Name", "other"),
            ("Engines:1:Kind", "OpenAI"),
            ("Engines:1:Address", "http://127.0.0.1:1"),
            ("Engines:1:Model", "m"),
            .. settings,
        ]);

    /// <summary>Begins a pull, and gives its path.</summary>
    public async Task<string> BeginAsync(string model)
    {
        var (status, pull) = await Admin.SendAsync(HttpMethod.Post, "/admin/engines/first/pulls", new { model });
        Assert.Equal(HttpStatusCode.Accepted, status);
        return "/admin/pulls/" + pull.GetProperty("id").GetString();
    }

    /// <summary>Waits until a pull is as wanted.</summary>
    public static async Task<JsonElement> UntilAsync(AdminCaller admin, string path, Func<JsonElement, bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var pull = await admin.GetAsync(path);
            if (condition(pull))
            {
                return pull;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    public Task<JsonElement> UntilEndedAsync(string path) => UntilAsync(Admin, path, pull => pull.TryGetProperty("endedAt", out _));

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Gateway.DisposeAsync();
        await Ollama.DisposeAsync();
    }
}
