using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ChatApp.Api.Accounts.Access;
using ChatApp.Tests.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Accounts.Keys;

/// <summary>What a key of each scope may call, on every route that there is.</summary>
[Collection(OneService.Name)]
public sealed partial class ScopeTests(TwoNodes nodes)
{
    private static readonly string[] Scopes = ["read", "chat", "memory", "documents", "admin"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Routes_KeysOfEachScope_AreLetThroughWhereTheyShould()
    {
        // Administrators may have all scopes; whoever lost the role still has the key, and only the scope is looked at here.
        using var owner = await nodes.One.SignUpAsync();
        await nodes.One.SqlAsync($"UPDATE users SET role = 'admin' WHERE id = '{owner.Id}'");
        using var response = await TwoNodes.RefreshAsync(nodes.One, owner.RefreshToken);
        owner.Client.DefaultRequestHeaders.Authorization = new("Bearer", (string)(await ApiUser.JsonAsync(response))["accessToken"]!);
        var keys = new Dictionary<string, string>();
        foreach (var scope in Scopes)
        {
            keys[scope] = (await owner.CreateKeyAsync(scope)).Text();
        }

        await nodes.One.SqlAsync($"UPDATE users SET role = 'user' WHERE id = '{owner.Id}'");
        var cutoffs = nodes.One.Services.GetRequiredService<AccessCutoffs>();
        (await nodes.InTransactionAsync(c => cutoffs.CutAsync(c, owner.Id, Cancelled))).TakeEffect();

        var wrong = new List<string>();
        var seen = 0;
        foreach (var (method, endpoint) in Routes())
        {
            var expected = Expected(method, endpoint);
            foreach (var scope in Scopes)
            {
                var refusal = await RefusalAsync(method, endpoint, keys[scope]);
                var isRight = expected switch
                {
                    "any" => refusal is null,
                    "none" => refusal == "key_not_taken",
                    "admin or none" => refusal == "key_not_taken" || refusal == (scope == "admin" ? null : "scope_missing"),
                    _ => refusal == (scope == expected ? null : "scope_missing"),
                };
                seen++;
                if (!isRight)
                {
                    wrong.Add($"{method} {endpoint.RoutePattern.RawText}: a key for {scope} is answered {refusal ?? "through"}, where {expected} is expected");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(seen > 150, $"Only {seen} were tried.");
    }

    // Written again by addresses, so that a scope that was forgotten or moved shows.
    private static string Expected(string method, RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return "any";
        }

        if (endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(static a => a.Policy == Policies.Session))
        {
            return "none";
        }

        var isAdministration = path.StartsWith("/api/admin", StringComparison.Ordinal) || path.StartsWith("/api/moderation", StringComparison.Ordinal);
        return (method, isAdministration) switch
        {
            ("GET", true) => "admin",
            ("GET", false) => "read",
            (_, true) => "admin or none",
            _ when path.Contains("/documents", StringComparison.Ordinal) => "documents",
            _ when path.StartsWith("/api/conversations", StringComparison.Ordinal) || path.StartsWith("/api/turns", StringComparison.Ordinal) => "chat",
            _ when path.Contains("/memor", StringComparison.Ordinal) => "memory",
            _ => "none",
        };
    }

    private IEnumerable<(string Method, RouteEndpoint Endpoint)> Routes() =>
        from endpoint in nodes.One.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(static s => s.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)
        select (method, endpoint);

    // The code of a refusal for its scope; null when it got past that, whatever became of it.
    private async Task<string?> RefusalAsync(string method, RouteEndpoint endpoint, string key)
    {
        using var client = nodes.One.Client(key);
        var path = Parameter().Replace(endpoint.RoutePattern.RawText!, static m => m.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.NewGuid().ToString() : "x");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "PATCH")
        {
            // A body of another kind is refused before anybody looks at who sends it.
            request.Content = new StringContent("{}", Encoding.UTF8, endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json");
        }

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        if (response.StatusCode != HttpStatusCode.Forbidden)
        {
            Assert.NotEqual(HttpStatusCode.Unauthorized, endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? response.StatusCode : HttpStatusCode.OK);
            return null;
        }

        return (string?)(await ApiUser.JsonAsync(response))["code"];
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
