using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Knowledge;

/// <summary>What people do with documents.</summary>
internal static class DocumentClient
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static string OfConversation(Guid id) => $"/api/conversations/{id}/documents";

    public static string OfCharacter(Guid id) => $"/api/characters/{id}/documents";

    public static async Task<HttpResponseMessage> UploadAsync(this ApiUser user, string place, string name, byte[] content)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", name);
        return await user.Client.PostAsync(place, form, Cancelled);
    }

    /// <summary>Uploads a document and waits until it was read, well or not.</summary>
    public static async Task<JsonNode> AddDocumentAsync(this ApiUser user, string place, string name, byte[] content)
    {
        using var response = await user.UploadAsync(place, name, content);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await user.ReadDocumentAsync((Guid)(await ApiUser.JsonAsync(response))["id"]!);
    }

    public static async Task<JsonNode> ReadDocumentAsync(this ApiUser user, Guid id)
    {
        while (true)
        {
            var document = await user.GetAsync($"/api/documents/{id}");
            if ((string)document["status"]! is "ready" or "failed")
            {
                return document;
            }

            await Task.Delay(50, Cancelled);
        }
    }

    public static async Task<HttpStatusCode> StatusAsync(this ApiUser user, string path)
    {
        using var response = await user.Client.GetAsync(path, Cancelled);
        return response.StatusCode;
    }

    public static async Task<HttpStatusCode> DeleteAsync(this ApiUser user, string path)
    {
        using var response = await user.Client.DeleteAsync(path, Cancelled);
        return response.StatusCode;
    }

    /// <summary>Gives somebody a role; their token says so from the next sign-in on, which this does.</summary>
    public static async Task BecomeAsync(this ApiHost host, ApiUser user, string role)
    {
        await host.SqlAsync($"UPDATE users SET role = '{role}' WHERE email = '{user.Email}'");
        using var response = await user.Client.PostAsJsonAsync("/api/auth/sign-in", new { email = user.Email, password = ApiUser.Password }, Cancelled);
        user.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)(await ApiUser.JsonAsync(response))["accessToken"]!);
    }
}
