using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatApp.Tests.Browser;

/// <summary>Moderation policies in all their versions.</summary>
internal sealed class FakePolicies
{
    private const string Site = """
        {"rules":{"sexual":{"low":"allow","medium":"flag","high":"block"},"hate":{"low":"allow","medium":"flag","high":"block"},"violence":{"low":"allow","medium":"allow","high":"flag"},
        "selfHarm":{"low":"allow","medium":"allow","high":"flag"},"illegal":{"low":"allow","medium":"flag","high":"block"},"minors":{"low":"block","medium":"block","high":"block"}},
        "detectors":{"rules":true,"classifier":false,"outside":false},"whenUnavailable":"allowAndFlag","holdAnswers":false,"overridable":[]}
        """;

    private readonly Dictionary<string, List<JsonObject>> _versions = new() { ["site"] = [] };

    public FakePolicies() => Save("site", Site, by: null);

    /// <summary>The newest version of a policy.</summary>
    public JsonObject this[string scope] => _versions[scope][^1];

    /// <summary>Saves a version as if somebody else had.</summary>
    public JsonObject Save(string scope, string content, string? by)
    {
        var versions = _versions.TryGetValue(scope, out var known) ? known : _versions[scope] = [];
        var version = (JsonObject)JsonNode.Parse(content)!;
        (version["scope"], version["version"], version["updatedAt"], version["updatedBy"]) = (scope, versions.Count + 1, DateTimeOffset.UtcNow, by);
        versions.Add(version);
        return version;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        const string root = "/api/admin/moderation/policies";
        routes.MapGet(root, () => new { items = _versions.Values.Select(versions => new { scope = (string?)versions[^1]["scope"], version = versions.Count, updatedAt = DateTimeOffset.UtcNow, updatedBy = (string?)null }) });
        routes.MapGet($"{root}/{{scope}}", (string scope) => _versions.ContainsKey(scope) ? Json(this[scope]) : Results.Problem(statusCode: 404));
        routes.MapGet($"{root}/{{scope}}/versions", (string scope) => _versions.TryGetValue(scope, out var versions)
            ? Results.Content($$"""{"items":[{{string.Join(',', versions.AsEnumerable().Reverse().Select(version => version.ToJsonString()))}}],"nextCursor":null}""", "application/json")
            : Results.Problem(statusCode: 404));
        routes.MapPut($"{root}/{{scope}}", (string scope, HttpRequest request, JsonElement body) =>
            request.Headers.IfMatch.ToString() == $"\"{(_versions.TryGetValue(scope, out var versions) ? versions.Count : 0)}\""
                ? Json(Save(scope, body.GetRawText(), "Nora"))
                : Results.Problem(statusCode: 412, detail: "The policy was changed in the meantime."));
        routes.MapDelete($"{root}/{{scope}}", (string scope) => _versions.Remove(scope) ? Results.NoContent() : Results.Problem(statusCode: 404));
    }

    private static IResult Json(JsonObject policy) => Results.Content(policy.ToJsonString(), "application/json");
}
