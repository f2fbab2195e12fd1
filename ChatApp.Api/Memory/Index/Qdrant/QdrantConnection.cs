using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>Sends requests to Qdrant and makes one kind of exception of everything that can go wrong.</summary>
internal sealed class QdrantConnection(IHttpClientFactory http)
{
    /// <summary>The name of the HTTP client, which has the address and the key.</summary>
    public const string HttpClient = "qdrant";

    private const int ReasonLength = 300;

    public Task<TResult> SendAsync<TBody, TResult>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TResult> resultType, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // With its length, as a proxy in between may want it.
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        content.Headers.ContentType = new("application/json");
        return SendAsync(method, path, content, resultType, timeout, cancellationToken);
    }

    /// <exception cref="QdrantException">It did not answer in time, or refused.</exception>
    public async Task<TResult> SendAsync<TResult>(
        HttpMethod method, string path, HttpContent? content, JsonTypeInfo<TResult> resultType, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout);
        using var client = http.CreateClient(HttpClient);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw new QdrantException($"Qdrant answered {(int)response.StatusCode}: {await ReasonAsync(body, patience.Token)}", response.StatusCode);
            }

            return await JsonSerializer.DeserializeAsync(body, resultType, patience.Token)
                ?? throw new QdrantException("Qdrant answered with nothing.", HttpStatusCode.BadGateway);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException exception)
        {
            throw new QdrantException($"Qdrant did not answer within {timeout.TotalSeconds:0.###} s.", null, exception);
        }
        catch (Exception exception) when (exception is not QdrantException)
        {
            // A refused connection, an open circuit, an answer that is no JSON.
            throw new QdrantException($"Qdrant cannot be reached: {exception.Message}", null, exception);
        }
    }

    private static async Task<string> ReasonAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[ReasonLength];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }
}
