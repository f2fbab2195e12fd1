using System.Net.Http.Headers;

namespace ChatApp.Tests.Security;

/// <summary>A request of a route, made from its row.</summary>
internal static class RouteRequest
{
    /// <summary>Fills the route with the ids of <paramref name="estate"/>, and gives it the row's body, or <paramref name="body"/> instead.</summary>
    public static HttpRequestMessage Of(string route, RouteRow row, Estate estate, HttpContent? body = null)
    {
        var (method, path) = (route[..route.IndexOf(' ', StringComparison.Ordinal)], route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        foreach (var (parameter, kind) in row.Ids)
        {
            path = path.Replace($"{{{parameter}}}", Uri.EscapeDataString(kind.StartsWith('=') ? kind[1..] : estate[kind]), StringComparison.Ordinal);
        }

        return new HttpRequestMessage(new HttpMethod(method), path + row.Query) { Content = body ?? Body(row) };
    }

    private static HttpContent? Body(RouteRow row) => row.Body switch
    {
        null => null,
        "file" => new MultipartFormDataContent { { new StringContent("A plan."), "file", "plan.txt" } },
        _ => new StringContent(row.Body, MediaTypeHeaderValue.Parse("application/json")),
    };
}
