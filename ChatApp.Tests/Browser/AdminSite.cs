using ChatApp.Tests.Api;
using ChatApp.Tests.Gateway;
using ChatApp.Tests.Inference;
using ChatApp.Tests.Stack;
using Microsoft.AspNetCore.Builder;

namespace ChatApp.Tests.Browser;

/// <summary>The site, the Api and the gateway as they are, in front of an Ollama that a test plays and of an engine that is not there.</summary>
internal sealed class AdminSite : IAsyncDisposable
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("chatapp-keys-");
    private readonly ScriptedEngine _engine;
    private readonly GatewayHost _gateway;
    private readonly ApiHost _api;
    private readonly WebApplication _site;

    private AdminSite(FakeOllama ollama, ScriptedEngine engine, GatewayHost gateway, ApiHost api)
    {
        (Ollama, _engine, _gateway, _api) = (ollama, engine, gateway, api);
        _site = ScriptedSite.Build(api.Address, _keys);
    }

    public FakeOllama Ollama { get; }

    public Uri Address => new(_site.Urls.Single());

    public static async Task<AdminSite> StartAsync(StackFixture stack)
    {
        var ollama = await FakeOllama.StartAsync();
        var engine = await ScriptedEngine.StartAsync();
        var gateway = await GatewayHost.StartAsync(
        [
            ("Gateway:AdminKey", FakeGateway.AdminKey), ("Gateway:ProbeInterval", "00:00:01"),
            ("Engines:0:Name", "ollama"), ("Engines:0:Kind", "Ollama"), ("Engines:0:Address", Authority(ollama.Address)), ("Engines:0:Model", "llama3.2:3b"),
            ("Engines:1:Name", "gone"), ("Engines:1:Kind", "LlamaCpp"), ("Engines:1:Address", Authority(GatewayHost.DeadAddress())), ("Engines:1:Model", "large"),
        ]);
        var api = await ApiHost.StartAsync(
            stack, engine, ApiHostRows.WithoutWorker, ("Services:inference:http:0", Authority(gateway.Client.BaseAddress!)), ("Inference:AdminKey", FakeGateway.AdminKey));
        var site = new AdminSite(ollama, engine, gateway, api);
        await site._site.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.StopAsync(new CancellationToken(canceled: true));
        await _site.DisposeAsync();
        await _api.DisposeAsync();
        await _gateway.DisposeAsync();
        await _engine.DisposeAsync();
        await Ollama.DisposeAsync();
        _keys.Delete(recursive: true);
    }

    private static string Authority(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
