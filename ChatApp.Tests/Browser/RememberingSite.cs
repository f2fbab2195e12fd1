using Microsoft.AspNetCore.Builder;

namespace ChatApp.Tests.Browser;

/// <summary>The site in front of a <see cref="RememberingApi"/>: no servers, no engine, and everything as a test wants it.</summary>
internal sealed class RememberingSite : IAsyncDisposable
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("chatapp-keys-");
    private readonly WebApplication _site;

    private RememberingSite(RememberingApi api)
    {
        Api = api;
        _site = ScriptedSite.Build(api.Address, _keys);
    }

    public RememberingApi Api { get; }

    public Uri Address => new(_site.Urls.Single());

    public static async Task<RememberingSite> StartAsync()
    {
        var site = new RememberingSite(await RememberingApi.StartAsync());
        await site._site.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.StopAsync(new CancellationToken(canceled: true));
        await _site.DisposeAsync();
        await Api.DisposeAsync();
        _keys.Delete(recursive: true);
    }
}
