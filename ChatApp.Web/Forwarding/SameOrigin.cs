namespace ChatApp.Web.Forwarding;

/// <summary>
/// Tells a request of the site's own pages from one that another site made the browser send. The cookie comes with both;
/// a method that changes something must come from here.
/// </summary>
internal static class SameOrigin
{
    /// <summary>What a refused request is told.</summary>
    public const string Refusal = "This request did not come from a page of this site.";

    /// <summary>
    /// True for a safe method, and for any other one that a page of this origin sent. Opening a WebSocket is a GET, but what
    /// goes through it afterwards is asked no more, so it must come from here too.
    /// </summary>
    public static bool Allows(HttpRequest request)
    {
        if (OpensWebSocket(request))
        {
            // A browser always says the origin of a handshake, and no script can set it.
            return request.Headers.Origin is [{ } from] && IsHere(from, request)
                && request.Headers["Sec-Fetch-Site"] is [] or ["same-origin"];
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return true;
        }

        // Sec-Fetch-Site cannot be set by script. Only same-origin will do: same-site takes in other hosts of the same domain.
        if (request.Headers["Sec-Fetch-Site"] is [var site])
        {
            return site == "same-origin";
        }

        // An old browser, or a page not on https.
        return request.Headers.Origin is [{ } origin] && IsHere(origin, request);
    }

    // By HTTP/1.1 it is an upgrade, by HTTP/2 an extended CONNECT.
    private static bool OpensWebSocket(HttpRequest request) =>
        HttpMethods.IsConnect(request.Method)
        || request.Headers.Upgrade.Any(static value => value?.Contains("websocket", StringComparison.OrdinalIgnoreCase) == true);

    // The host alone is compared, as a proxy may have ended TLS before us.
    private static bool IsHere(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
