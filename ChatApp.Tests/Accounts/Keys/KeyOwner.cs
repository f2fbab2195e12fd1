using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts.Keys;

/// <summary>What somebody does with their API keys.</summary>
internal static class KeyOwner
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Asks for a key.</summary>
    public static Task<HttpResponseMessage> PostKeyAsync(this ApiUser user, object request) => user.Client.PostAsJsonAsync("/api/me/api-keys", request, Cancelled);

    /// <summary>Makes a key with scopes, and gives the answer.</summary>
    public static async Task<JsonNode> CreateKeyAsync(this ApiUser user, params string[] scopes)
    {
        using var response = await user.PostKeyAsync(new { name = "script", scopes });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await ApiUser.JsonAsync(response);
    }

    public static Task<HttpResponseMessage> RotateKeyAsync(this ApiUser user, JsonNode key, int overlapMinutes) =>
        user.Client.PostAsJsonAsync($"/api/me/api-keys/{key["apiKey"]!["id"]}/rotate", new { overlapMinutes }, Cancelled);

    public static Task<HttpResponseMessage> DeleteKeyAsync(this ApiUser user, JsonNode key) =>
        user.Client.DeleteAsync($"/api/me/api-keys/{key["apiKey"]!["id"]}", Cancelled);

    /// <summary>The key itself.</summary>
    public static string Text(this JsonNode key) => (string)key["key"]!;

    /// <summary>A client that sends the key.</summary>
    public static HttpClient Client(this ApiHost node, string key)
    {
        var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
