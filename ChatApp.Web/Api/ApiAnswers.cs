using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatApp.Web.Api;

/// <summary>Asks the Api, and makes an <see cref="ApiException"/> of every way in which it can fail to answer.</summary>
internal static class ApiAnswers
{
    /// <summary>Sends the request; what comes back is a success.</summary>
    public static async Task<HttpResponseMessage> AskAsync(this HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Refused, timed out, or a circuit breaker that would not even try: to a person it is all the same.
            throw new ApiException(HttpStatusCode.ServiceUnavailable, ApiProblem.Unreachable, error);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new ApiException(response.StatusCode, await ReadProblemAsync(response, cancellationToken));
        }
    }

    /// <summary>Reads the answer's body.</summary>
    public static async Task<T> ReadAsync<T>(this HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken)
                ?? throw new ApiException(response.StatusCode, ApiProblem.NotUnderstood);
        }
        catch (JsonException error)
        {
            throw new ApiException(response.StatusCode, ApiProblem.NotUnderstood, error);
        }
    }

    private static async Task<ApiProblem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(ApiJson.Default.ApiProblem, cancellationToken) ?? ApiProblem.NotUnderstood;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or HttpRequestException)
        {
            return ApiProblem.NotUnderstood;
        }
    }
}
