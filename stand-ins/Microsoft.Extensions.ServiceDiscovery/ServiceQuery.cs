namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>A logical address such as <c>https+http://_endpoint.service</c> in its parts.</summary>
internal sealed record ServiceQuery(string Service, string? Endpoint, string[] Schemes)
{
    public static ServiceQuery From(Uri address)
    {
        var host = address.Host;
        string? endpoint = null;
        if (host.StartsWith('_') && host.IndexOf('.', StringComparison.Ordinal) is var dot and > 1)
        {
            endpoint = host[1..dot];
            host = host[(dot + 1)..];
        }

        return new ServiceQuery(host, endpoint, address.Scheme.Split('+', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The schemes that may be used, in the order in which they were asked for.</summary>
    public string[] Allowed(ServiceDiscoveryOptions options) => options.AllowAllSchemes
        ? Schemes
        : [.. Schemes.Where(scheme => options.AllowedSchemes.Contains(scheme, StringComparer.OrdinalIgnoreCase))];
}
