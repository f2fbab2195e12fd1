using ChatApp.Tests.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatApp.Tests.Security;

/// <summary>Every route that a host has, as its own routing knows it.</summary>
internal static class RouteTable
{
    /// <summary>The endpoints by method and pattern without constraints, such as <c>GET /api/turns/{id}</c>.</summary>
    public static SortedDictionary<string, RouteEndpoint> Of(ApiHost host)
    {
        var table = new SortedDictionary<string, RouteEndpoint>(StringComparer.Ordinal);
        foreach (var endpoint in host.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>())
        {
            var pattern = string.Concat(endpoint.RoutePattern.PathSegments.Select(static segment => "/" + string.Concat(segment.Parts.Select(static part => part switch
            {
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
                _ => "?",
            }))));
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                table[$"{method} {pattern}"] = endpoint;
            }
        }

        return table;
    }
}
