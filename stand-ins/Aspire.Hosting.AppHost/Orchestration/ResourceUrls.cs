using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>The links of the resources, as the AppHost's callbacks leave them.</summary>
internal static class ResourceUrls
{
    /// <summary>The links of endpoints that are meant for people.</summary>
    public static async Task<IReadOnlyList<(string Name, string Url)>> ExternalAsync(IEnumerable<IResource> resources, DistributedApplicationExecutionContext executionContext)
    {
        var links = new List<(string, string)>();
        foreach (var resource in resources.OfType<IResourceWithEndpoints>())
        {
            var context = new ResourceUrlsCallbackContext(executionContext, resource, [.. resource.GetEndpoints().Where(endpoint => endpoint.IsAllocated)
                .Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint })]);
            foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
            {
                await callback.Callback(context);
            }

            links.AddRange(context.Urls
                .Where(url => url is { DisplayLocation: UrlDisplayLocation.SummaryAndDetails } && url.Endpoint?.EndpointAnnotation.IsExternal != false)
                .OrderByDescending(url => url.DisplayOrder ?? 0)
                .Select(url => (url.DisplayText is null ? resource.Name : $"{resource.Name} ({url.DisplayText})", Absolute(url))));
        }

        return links;
    }

    /// <summary>A callback may leave only a path, which is then meant below the endpoint.</summary>
    private static string Absolute(ResourceUrlAnnotation url) =>
        url.Endpoint is { IsAllocated: true } endpoint && url.Url.StartsWith('/') ? endpoint.Url + url.Url : url.Url;
}
