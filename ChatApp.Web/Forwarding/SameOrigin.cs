namespace ChatApp.Web.Forwarding;

/// <summary>
/// Tells a request of the site's own pages from one that another site made the browser send. The cookie comes with both;
/// a method that changes something must come from here.
/// </summary>
internal static class SameOrigin
{
    /// <summary>What a refused request is told.</summary>
    public const string Refusal = "This request did not come from a page of this site.";

    /// <summary>True for a safe method, and for any other one that a page of this origin sent.</summary>
    public static bool Allows(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return true;
        }

        // Sec-Fetch-Site cannot be set by script. Only same-origin will do: same-site takes in other hosts of the same domain.
        if (request.Headers["Sec-Fetch-Site"] is [var site])
        {
            return site == "same-origin";
        }

        // An old browser, or a page not on https: the host alone is compared, as a proxy may have ended TLS before us.
        return request.Headers.Origin is [{ } origin]
            && Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
