using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using IPNetwork = System.Net.IPNetwork;

namespace ChatApp.ServiceDefaults.Http;

/// <summary>Whom a service believes about who asks it, and by which scheme.</summary>
public static class ProxyHeaders
{
    /// <summary>The networks that are not the internet: what stands in front of a service stands in one of them, or on the same machine.</summary>
    public static IReadOnlyList<IPNetwork> PrivateNetworks { get; } =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>
    /// Takes the caller's address and scheme from <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> where the connection comes from a
    /// private network or this machine, and there only what the nearest proxy added: nobody outside can set them. Answers to https
    /// requests tell browsers to use nothing else for a year. To be used with <c>UseForwardedHeaders</c> and <c>UseHsts</c>.
    /// </summary>
    /// <param name="services">The service's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddProxyHeaders(this IServiceCollection services)
    {
        services.Configure<ForwardedHeadersOptions>(static options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.ForwardLimit = 1;
            foreach (var network in PrivateNetworks)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
        services.AddHsts(static options =>
        {
            options.MaxAge = TimeSpan.FromDays(365);
            options.IncludeSubDomains = true;
        });
        return services;
    }
}
