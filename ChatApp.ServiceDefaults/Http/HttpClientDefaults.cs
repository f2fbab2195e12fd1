using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;

namespace ChatApp.ServiceDefaults.Http;

/// <summary>What every <see cref="HttpClient"/> of a service gets: addresses by name, and resilience for calls that may be repeated.</summary>
internal static class HttpClientDefaults
{
    public static void AddHttpClientDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(static http =>
        {
            // By authority, so that one service's open circuit is not everyone's.
            http.AddStandardResilienceHandler(static options => options.Retry.DisableForUnsafeHttpMethods())
                .SelectPipelineByAuthority();
            http.AddHttpMessageHandler(static () => new RefusedConnectionHandler());
            http.AddServiceDiscovery();
        });
    }
}
