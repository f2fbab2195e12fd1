using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using ChatApp.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatApp.Tests.Browser;

/// <summary>
/// The site and the Api, on the stack's servers but in tables of their own, in front of an engine that says what a test tells it,
/// when the test tells it: so an answer can be as long and as slow as it has to be.
/// </summary>
internal sealed class ScriptedSite : IAsyncDisposable
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("chatapp-keys-");
    private readonly WebApplication _site;

    private ScriptedSite(ScriptedEngine engine, ApiHost api)
    {
        Engine = engine;
        Api = api;
        _site = Build(api.Address, _keys);
    }

    public ScriptedEngine Engine { get; }

    public ApiHost Api { get; }

    public Uri Address => new(_site.Urls.Single());

    public static async Task<ScriptedSite> StartAsync(StackFixture stack, params (string Key, string Value)[] settings)
    {
        var engine = await ScriptedEngine.StartAsync();
        var site = new ScriptedSite(engine, await ApiHost.StartAsync(stack, engine, [("Models:Prefills", "true"), .. settings]));
        await site._site.StartAsync();
        return site;
    }

    /// <summary>The text of an answer as it is stored, from the newest on.</summary>
    public async Task<string> StoredAnswerAsync(int fromTheEnd = 0) =>
        (string?)await Api.SqlAsync($"SELECT text FROM messages WHERE role = 'assistant' ORDER BY id DESC OFFSET {fromTheEnd} LIMIT 1") ?? "";

    /// <summary>How many rows of a table there are.</summary>
    public async Task<long> CountAsync(string fromWhere) => (long)(await Api.SqlAsync($"SELECT count(*) FROM {fromWhere}"))!;

    public async ValueTask DisposeAsync()
    {
        await _site.StopAsync(new CancellationToken(canceled: true));
        await _site.DisposeAsync();
        await Api.DisposeAsync();
        await Engine.DisposeAsync();
        _keys.Delete(recursive: true);
    }

    /// <summary>The site, not started, in front of an Api.</summary>
    internal static WebApplication Build(Uri api, DirectoryInfo keys)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "ChatApp.Web",
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:api:http:0"] = api.GetLeftPart(UriPartial.Authority),
            ["DataProtection:KeyDirectory"] = keys.FullName,
        });
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddChatSite();
        var site = builder.Build();
        site.UseChatSite();
        site.MapDefaultEndpoints();
        site.MapChatSite();
        return site;
    }
}
