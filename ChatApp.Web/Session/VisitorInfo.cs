using System.Net;

namespace ChatApp.Web.Session;

/// <summary>
/// Whose attempt a call to the Api is. It comes from this server, so without the address all people would share one limit, and
/// without the browser's name they could not tell their sessions apart.
/// </summary>
internal readonly record struct VisitorInfo(IPAddress? Address, string? UserAgent)
{
    private const int LongestUserAgent = 400;

    /// <summary>Who sent the request.</summary>
    public static VisitorInfo Of(HttpContext context) => new(context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent);

    /// <summary>Says so on a request to the Api.</summary>
    public void WriteTo(HttpRequestMessage request)
    {
        if (Address is not null)
        {
            request.Headers.Add("X-Forwarded-For", Address.ToString());
        }

        if (!string.IsNullOrWhiteSpace(UserAgent))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", UserAgent.Length > LongestUserAgent ? UserAgent[..LongestUserAgent] : UserAgent);
        }
    }
}
