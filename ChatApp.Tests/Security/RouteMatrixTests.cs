using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using Microsoft.AspNetCore.Authorization;
using Xunit;

namespace ChatApp.Tests.Security;

/// <summary>
/// OWASP API Security Top 10 (2023): API1 object level, API2 authentication, API5 function level, API9 inventory. Every route of the
/// route table, tried as everybody who must not.
/// </summary>
[Trait("Category", "Integration")]
public sealed class RouteMatrixTests(GuardedHost guarded) : IClassFixture<GuardedHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private ApiHost Host => guarded.Host;

    [Fact]
    public void Api9_EveryRoute_HasARowAndEveryRowARoute()
    {
        var routes = RouteTable.Of(Host).Keys;

        Assert.True(routes.ToHashSet(StringComparer.Ordinal).SetEquals(RouteMatrix.Rows.Keys), string.Join(
            Environment.NewLine,
            [
                "Add a row to RouteMatrix for each new route, with who may call it, and take away those that are gone.",
                .. routes.Except(RouteMatrix.Rows.Keys, StringComparer.Ordinal).Select(static route => $"no row: {route}"),
                .. RouteMatrix.Rows.Keys.Except(routes, StringComparer.Ordinal).Select(static route => $"no route: {route}"),
            ]));
    }

    [Fact]
    public void Api9_EveryRoute_SaysWhoItIsFor() => None(
        from route in RouteTable.Of(Host)
        let isOpen = route.Value.Metadata.GetMetadata<IAllowAnonymous>() is not null
        let isGuarded = route.Value.Metadata.GetMetadata<IAuthorizeData>() is not null
        where isOpen == isGuarded || isOpen != (RouteMatrix.Rows.GetValueOrDefault(route.Key)?.Access == RouteAccess.Anybody)
        select $"{route.Key}: open {isOpen}, guarded {isGuarded}");

    [Fact]
    public async Task Api9_EveryRoute_IsDescribed()
    {
        using var client = guarded.Client();
        var description = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", Cancelled))!;

        var described = from path in description["paths"]!.AsObject()
                        from operation in path.Value!.AsObject()
                        where operation.Key != "parameters"
                        select $"{operation.Key.ToUpperInvariant()} {path.Key}";
        // Health and the description itself are not part of the API, and neither a WebSocket nor the keys' document is described by OpenAPI.
        string[] apart = ["GET /alive", "GET /health", "GET /openapi/{documentName}.json", "GET /api/ws", "GET /.well-known/jwks.json"];
        Assert.Equal(
            RouteMatrix.Rows.Keys.Except(apart, StringComparer.Ordinal).Order(StringComparer.Ordinal),
            described.Except(apart, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Api2_EveryGuardedRoute_RefusesNobodyAndEveryForgedToken()
    {
        var wrong = new List<string>();
        var tokens = await guarded.BadTokensAsync();
        var before = await guarded.FingerprintAsync();
        foreach (var (route, row) in RouteMatrix.Rows.Where(static pair => pair.Value.Access != RouteAccess.Anybody))
        {
            foreach (var (what, token) in tokens)
            {
                using var client = guarded.Client(token);
                using var request = RouteRequest.Of(route, row, guarded.Estate);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
                if (response.StatusCode != HttpStatusCode.Unauthorized || response.Content.Headers.ContentType?.MediaType != "application/problem+json")
                {
                    wrong.Add($"{route} with {what}: {(int)response.StatusCode} {response.Content.Headers.ContentType}");
                }
            }
        }

        None(wrong);
        Assert.Equal(before, await guarded.FingerprintAsync());
    }

    [Fact]
    public async Task Api1_EveryRouteOfSomebodysThings_IsNotThereForOthers()
    {
        var wrong = new List<string>();
        var before = await guarded.FingerprintAsync();
        foreach (var (route, row) in RouteMatrix.Rows.Where(static pair => pair.Value.IsOwned))
        {
            foreach (var (who, other) in guarded.Others)
            {
                using var request = RouteRequest.Of(route, row, guarded.Estate);
                using var response = await other.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
                if (response.StatusCode != HttpStatusCode.NotFound)
                {
                    wrong.Add($"{route} as {who}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancelled)}");
                }
            }
        }

        None(wrong);
        Assert.Equal(before, await guarded.FingerprintAsync());
    }

    [Fact]
    public async Task Api1_EveryRouteOfSomebodysThings_IsThereForThem()
    {
        // What a row's request is worth: the owner is let through with the very same one, whatever the route then says of it.
        var wrong = new List<string>();
        foreach (var (route, row) in RouteMatrix.Rows.Where(static pair => pair.Value.IsOwned && !pair.Key.StartsWith("DELETE", StringComparison.Ordinal)))
        {
            using var request = RouteRequest.Of(route, row, guarded.Estate);
            using var response = await guarded.Owner.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
            var detail = response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync(Cancelled);
            // A message that is in no conversation, and what no worker has written yet, is told in other words than somebody else's thing.
            if (response.StatusCode == HttpStatusCode.NotFound && row.Ids.TryGetValue("id", out var kind) && detail.Contains($"no such {kind}.", StringComparison.Ordinal))
            {
                wrong.Add($"{route}: {detail}");
            }
        }

        None(wrong);
    }

    [Fact]
    public async Task Api5_EveryRouteOfARole_RefusesTheRolesBelow()
    {
        var wrong = new List<string>();
        var before = await guarded.FingerprintAsync();
        foreach (var (route, row) in RouteMatrix.Rows.Where(static pair => pair.Value.Access > RouteAccess.Person))
        {
            foreach (var (access, below) in guarded.ByRole.Where(role => role.Key < row.Access))
            {
                using var request = RouteRequest.Of(route, row, guarded.Estate);
                using var response = await below.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
                if (response.StatusCode != HttpStatusCode.Forbidden)
                {
                    wrong.Add($"{route} as {access}: {(int)response.StatusCode}");
                }
            }
        }

        None(wrong);
        Assert.Equal(before, await guarded.FingerprintAsync());
    }

    [Fact]
    public async Task Api5_EveryRoute_TakesOnlyKeysThatItIsFor()
    {
        var wrong = new List<string>();
        var caller = guarded.ByRole[RouteAccess.Person];
        using var all = guarded.Client(await KeyAsync(caller, "read", "chat", "memory", "documents"));
        using var reading = guarded.Client(await KeyAsync(caller, "read"));
        foreach (var (route, row) in RouteMatrix.Rows.Where(static pair => pair.Value.Access == RouteAccess.Person))
        {
            var (key, refused) = !row.TakesKeys ? (all, true) : route.StartsWith("GET ", StringComparison.Ordinal) ? (reading, false) : (reading, true);
            using var request = RouteRequest.Of(route, row, guarded.Estate);
            using var response = await key.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
            if ((response.StatusCode == HttpStatusCode.Forbidden) != refused || response.StatusCode == HttpStatusCode.Unauthorized)
            {
                wrong.Add($"{route} with a key {(row.TakesKeys ? "for reading" : "for everything")}: {(int)response.StatusCode}");
            }
        }

        None(wrong);

        static async Task<string> KeyAsync(ApiUser owner, params string[] scopes)
        {
            using var response = await owner.SendAsync(HttpMethod.Post, "/api/me/api-keys", new { name = "A key", scopes });
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            return (string)(await ApiUser.JsonAsync(response))["key"]!;
        }
    }

    [Fact]
    public async Task Api4_EveryRouteWithABody_RefusesWhatCannotBeReadAndWhatIsTooLarge()
    {
        var wrong = new List<string>();
        var before = await guarded.FingerprintAsync();
        foreach (var (route, row) in RouteMatrix.Rows.Where(static pair => pair.Value.Body is not null))
        {
            var caller = guarded.ByRole[row.Access < RouteAccess.Person ? RouteAccess.Person : row.Access];
            // Their own where there is one, so that it is the body that is judged.
            var client = row.IsOwned ? guarded.Owner.Client : caller.Client;
            foreach (var (what, body) in Bodies(row.Body!))
            {
                using var request = RouteRequest.Of(route, row, guarded.Estate, body());
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
                // 429 would say nothing: then the body was never looked at.
                if ((int)response.StatusCode is < 400 or >= 500 or 429 || response.Content.Headers.ContentType?.MediaType != "application/problem+json")
                {
                    wrong.Add($"{route} with {what}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancelled)}");
                }
            }
        }

        None(wrong);
        Assert.Equal(before, await guarded.FingerprintAsync());
    }

    private static IEnumerable<(string What, Func<HttpContent> Body)> Bodies(string good)
    {
        var isUpload = good == "file";
        var field = isUpload ? "text" : JsonNode.Parse(good)!.AsObject().First().Key;
        yield return ("half an object", () => Json("{\"text\":\"a"));
        yield return ("nothing", () => Json(""));
        yield return ("null", () => Json("null"));
        yield return ("a list", () => Json("[1,2,3]"));
        yield return ("a text", () => Json("\"text\""));
        yield return ("no UTF-8", () => new ByteArrayContent([.. Encoding.UTF8.GetBytes($"{{\"{field}\":\""), 0xff, 0xfe, .. "\"}"u8]) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } });
        yield return ("another type", () => new StringContent("<a/>", MediaTypeHeaderValue.Parse("application/xml")));
        yield return ("a form", () => new FormUrlEncodedContent([new("text", "a")]));
        yield return ("a nested list", () => Json("{\"text\":" + new string('[', 4000) + new string(']', 4000) + "}"));
        if (!isUpload)
        {
            yield return ("300 KB", () => Json($"{{\"text\":\"{new string('a', 300 * 1024)}\"}}"));
            yield return ("an upload", () => new MultipartFormDataContent { { new StringContent("a"), "file", "a.txt" } });
        }
        else
        {
            yield return ("no file", () => new MultipartFormDataContent { { new StringContent("a"), "text" } });
            yield return ("no boundary", () => new StringContent("a", MediaTypeHeaderValue.Parse("multipart/form-data")));
        }
    }

    private static void None(IEnumerable<string> wrong) => Assert.True(!wrong.Any(), string.Join(Environment.NewLine, wrong));

    private static StringContent Json(string json) => new(json, MediaTypeHeaderValue.Parse("application/json"));
}
