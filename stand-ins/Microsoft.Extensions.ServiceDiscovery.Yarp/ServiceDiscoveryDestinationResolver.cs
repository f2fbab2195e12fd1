using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Microsoft.Extensions.ServiceDiscovery.Yarp;

internal sealed class ServiceDiscoveryDestinationResolver(ServiceAddresses addresses) : IDestinationResolver
{
    public ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var changes = addresses.Changes;
        var resolved = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal);
        foreach (var (name, destination) in destinations)
        {
            foreach (var address in addresses.ResolveAll(new Uri(destination.Address)))
            {
                var target = address.GetLeftPart(UriPartial.Authority);
                resolved[$"{name}[{target}]"] = destination with
                {
                    Address = address.ToString(),
                    Health = destination.Health is { Length: > 0 } health
                        ? new UriBuilder(health) { Host = address.Host, Port = address.Port }.Uri.ToString()
                        : destination.Health,
                };
            }
        }

        return ValueTask.FromResult(new ResolvedDestinationCollection(resolved, changes));
    }
}
