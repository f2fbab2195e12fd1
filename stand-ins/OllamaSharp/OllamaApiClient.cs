using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using OllamaSharp.Models;
using OllamaSharp.Models.Exceptions;

namespace OllamaSharp;

/// <summary>Management of models only; the HttpClient stays its owner's.</summary>
public class OllamaApiClient : IOllamaApiClient
{
    private readonly HttpClient _client;

    public OllamaApiClient(HttpClient client, string defaultModel = "")
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        Uri = client.BaseAddress ?? throw new InvalidOperationException("HttpClient base address is not set!");
        SelectedModel = defaultModel;
    }

    public Uri Uri { get; }

    public string SelectedModel { get; set; }

    public async Task DeleteModelAsync(DeleteModelRequest request, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(HttpMethod.Delete, "api/delete", JsonContent.Create(request), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IEnumerable<Model>> ListLocalModelsAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync<ListModelsResponse>("api/tags", cancellationToken).ConfigureAwait(false)).Models;

    public async Task<IEnumerable<RunningModel>> ListRunningModelsAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync<ListRunningModelsResponse>("api/ps", cancellationToken).ConfigureAwait(false)).RunningModels;

    public async IAsyncEnumerable<PullModelResponse?> PullModelAsync(
        PullModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(HttpMethod.Post, "api/pull", JsonContent.Create(request), cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            // The status was 200 long ago; a failure of the pull is a line of its own.
            if (JsonSerializer.Deserialize<ErrorResponse>(line) is { Message.Length: > 0 } error)
            {
                throw new ResponseError(error.Message);
            }

            yield return JsonSerializer.Deserialize<PullModelResponse>(line);
        }
    }

    public async Task<ShowModelResponse> ShowModelAsync(ShowModelRequest request, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(HttpMethod.Post, "api/show", JsonContent.Create(request), cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<ShowModelResponse>(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>An unreachable server is an HttpRequestException, not false.</summary>
    public async Task<bool> IsRunningAsync(CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(HttpMethod.Get, string.Empty, null, cancellationToken).ConfigureAwait(false);
        return !string.IsNullOrWhiteSpace(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task<string> GetVersionAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync<JsonNode>("api/version", cancellationToken).ConfigureAwait(false))["version"]?.ToString() ?? string.Empty;

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync<T>(cancellationToken).ConfigureAwait(false))!;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            using (response)
            {
                throw new OllamaException(await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false));
            }
        }

        if (!response.IsSuccessStatusCode)
        {
            using (response)
            {
                response.EnsureSuccessStatusCode();
            }
        }

        return response;
    }

    private static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<ErrorResponse>(body)?.Message is { Length: > 0 } message ? message : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
