using ChatApp.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatApp.Tests.Web;

/// <summary>The site as it runs in production, in this process, in front of a fake Api.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("chatapp-keys-");
    private WebApplication _site = null!;

    internal FakeApi Api { get; private set; } = null!;

    internal Uri Address => new(_site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    internal IServiceProvider Services => _site.Services;

    internal DirectoryInfo Keys => _keys;

    public async ValueTask InitializeAsync()
    {
        Api = await FakeApi.StartAsync();
        _site = await StartAsync(Api.Address, attemptsPerMinute: 1000);
    }

    /// <summary>Another copy of the site, with settings of its own.</summary>
    internal async Task<WebApplication> StartAsync(string api, int attemptsPerMinute, string? otherApi = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "ChatApp.Web",
            EnvironmentName = Environments.Production,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:api:http:0"] = api,
            ["DataProtection:KeyDirectory"] = _keys.FullName,
            ["Account:AttemptsPerMinute"] = attemptsPerMinute.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        if (otherApi is not null)
        {
            builder.Configuration["services:api:http:1"] = otherApi;
        }

        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddChatSite();
        var site = builder.Build();
        site.UseChatSite();
        site.MapDefaultEndpoints();
        site.MapChatSite();
        await site.StartAsync();
        return site;
    }

    /// <summary>A browser of sorts: it keeps cookies and follows no redirects.</summary>
    internal Visitor NewVisitor() => new(Address);

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await Api.DisposeAsync();
        _keys.Delete(recursive: true);
    }
}
