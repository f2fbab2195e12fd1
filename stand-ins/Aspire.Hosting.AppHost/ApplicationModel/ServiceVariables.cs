using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes <c>services__{name}__{endpoint}__{n}</c> and <c>{NAME}_{ENDPOINT}</c> for the endpoints that a resource refers to.</summary>
internal sealed class ServiceVariables(EndpointReferenceAnnotation wanted, string? name)
{
    public void Write(EnvironmentCallbackContext context)
    {
        var flags = context.Resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var injection)
            ? injection.Flags
            : ReferenceEnvironmentInjectionFlags.All;
        var service = name ?? wanted.Resource.Name;
        foreach (var endpoint in wanted.Resource.GetEndpoints())
        {
            if (!wanted.EndpointNames.Contains(endpoint.EndpointName) && (!wanted.UseAllEndpoints || endpoint.ExcludeReferenceEndpoint))
            {
                continue;
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                var key = EnvironmentVariableName.Encode(name ?? service.ToUpperInvariant());
                context.EnvironmentVariables[$"{key}_{EnvironmentVariableName.EncodeUpper(endpoint.EndpointName)}"] = endpoint;
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                foreach (var value in AddressesOf(endpoint, context.ExecutionContext))
                {
                    context.EnvironmentVariables[FreeKey(context, service, endpoint)] = value;
                }
            }
        }
    }

    /// <summary>The package's proxy gives all replicas one address. Without a proxy they are listed one by one.</summary>
    private static IEnumerable<object> AddressesOf(EndpointReference endpoint, DistributedApplicationExecutionContext executionContext) =>
        executionContext.IsRunMode && endpoint.EndpointAnnotation.ReplicaEndpoints is { Count: > 1 } replicas
            ? replicas.Select(replica => replica.UriString)
            : [endpoint];

    private static string FreeKey(EnvironmentCallbackContext context, string service, EndpointReference endpoint)
    {
        // An endpoint named http or https goes by its scheme, any other by its name: that is how service discovery looks it up.
        var kind = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
        var index = 0;
        string key;
        do
        {
            key = string.Create(CultureInfo.InvariantCulture, $"services__{service}__{kind}__{index++}");
        }
        while (context.EnvironmentVariables.ContainsKey(key));

        return key;
    }
}
