using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatApp.Api.Models;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Gateway;

/// <summary>The gateway's endpoints for administrators. Every method throws <see cref="GatewayException"/> when it says no or does not answer.</summary>
internal sealed class GatewayClient(HttpClient http, IOptions<InferenceOptions> options)
{
    private const int LongestError = 64 * 1024;

    /// <summary>Reads something.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Sends something.</summary>
    /// <returns>What is answered, and with which status.</returns>
    public async Task<(TAnswer Answer, HttpStatusCode Status)> SendAsync<TBody, TAnswer>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, JsonContent.Create(body, bodyType), cancellationToken);
        return (await ReadAsync(response, answerType, cancellationToken), response.StatusCode);
    }

    /// <summary>Deletes something.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, null, cancellationToken);
    }

    /// <summary>Opens a stream of events; who disposes the response closes it.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.Value.AdminKey))
        {
            throw GatewayException.NoKey();
        }

        // The address is that of the OpenAI-compatible API, whose neighbour this is.
        var root = new Uri(options.Value.Address.ToString().TrimEnd('/') + "/");
        using var request = new HttpRequestMessage(method, new Uri(root, $"../admin/{path}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.AdminKey);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            throw GatewayException.Away(exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ErrorAsync(response, cancellationToken);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw GatewayException.NotUnderstood();
        }
        catch (JsonException exception)
        {
            throw GatewayException.NotUnderstood(exception);
        }
        catch (Exception exception) when (IsAway(exception, cancellationToken))
        {
            throw GatewayException.Away(exception);
        }
    }

    private static async Task<GatewayException> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return GatewayException.KeyRefused();
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(LongestError, cancellationToken);
            var answer = await response.Content.ReadFromJsonAsync(GatewayJson.Default.GatewayErrorAnswer, cancellationToken);
            if (answer?.Error is { Message: { } message } error)
            {
                return new GatewayException((int)response.StatusCode, error.Code ?? "gateway_error", message, RetryAfter(response));
            }
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException or TimeoutException)
        {
            // What it wanted to say is lost; that it said no is not.
        }

        return GatewayException.NotUnderstood();
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Retry-After", out var values) && int.TryParse(values.FirstOrDefault(), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static bool IsAway(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && exception is HttpRequestException or TimeoutException or IOException or OperationCanceledException;
}
