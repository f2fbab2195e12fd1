using Yarp.ReverseProxy.Configuration;

namespace ChatApp.Web.Forwarding;

/// <summary>The only paths that files are sent to. They pass on through, piece by piece: nothing is gathered here.</summary>
internal static class UploadRoutes
{
    // A document of 25 MB, which the Api is the judge of, and what a form puts around it.
    private const long LargestUpload = 26 * 1024 * 1024;

    /// <summary>Sending a document to a conversation, or to a character.</summary>
    public static IReadOnlyList<RouteConfig> All { get; } = [Of("conversations"), Of("characters")];

    private static RouteConfig Of(string owners) => new()
    {
        RouteId = $"documents-of-{owners}",
        ClusterId = ApiForwarding.ClusterId,
        Match = new RouteMatch { Path = $"{ApiForwarding.Prefix}/{owners}/{{id:guid}}/documents", Methods = [HttpMethods.Post] },
        MaxRequestBodySize = LargestUpload,
    };
}
