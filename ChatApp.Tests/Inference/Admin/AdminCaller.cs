using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace ChatApp.Tests.Inference.Admin;

/// <summary>An admin of a gateway.</summary>
internal sealed class AdminCaller : IDisposable
{
    public const string Key = "a-key-of-the-admins";

    /// <summary>The setting that lets one in.</summary>
    public static readonly (string Key, string Value) Setting = ("Gateway:AdminKey", Key);

    public AdminCaller(GatewayHost gateway)
    {
        Client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = gateway.Client.BaseAddress };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public HttpClient Client { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    public async Task<List<JsonElement>> ListAsync(string path) => [.. (await GetAsync(path)).GetProperty("items").EnumerateArray()];

    /// <summary>Sends and gives the status and the body, which is null where there is none.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, string? version = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        using var response = await Client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return (response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async Task<JsonElement> PutAsync(string path, object body)
    {
        var (status, answer) = await SendAsync(HttpMethod.Put, path, body);
        Assert.True(status is HttpStatusCode.OK, answer.ToString());
        return answer;
    }

    /// <summary>Sends what must be refused, and gives the message.</summary>
    public async Task<string> RefusedAsync(HttpStatusCode expected, HttpMethod method, string path, object? body = null, string? version = null)
    {
        var (status, answer) = await SendAsync(method, path, body, version);
        Assert.True(status == expected, $"{status}: {answer}");
        var error = answer.GetProperty("error");
        Assert.False(string.IsNullOrEmpty(error.GetProperty("code").GetString()));
        return error.GetProperty("message").GetString()!;
    }

    public void Dispose() => Client.Dispose();
}
