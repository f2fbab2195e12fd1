using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;

namespace ChatApp.Api.Models;

/// <summary>Embeds with the gateway's model.</summary>
internal sealed partial class TextEmbedder : ITextEmbedder, IDisposable
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClient = "embeddings";

    private readonly EmbeddingOptions _options;
    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator;
    private readonly QueryVectors _queries = new();
    private readonly ILogger<TextEmbedder> _logger;

    public TextEmbedder(IHttpClientFactory http, IOptions<InferenceOptions> inference, IOptions<EmbeddingOptions> options, ILogger<TextEmbedder> logger)
    {
        _logger = logger;
        _options = options.Value;
        var gateway = new OpenAIClient(new ApiKeyCredential(inference.Value.Key), new OpenAIClientOptions
        {
            Endpoint = inference.Value.Address,
            Transport = new HttpClientPipelineTransport(http.CreateClient(HttpClient)),
            // A question waits for nothing, and the background tries again by itself.
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
        _generator = gateway.GetEmbeddingClient(_options.Model!).AsIEmbeddingGenerator();
    }

    public string? Model => _options.Model;

    public bool IsOutside => _options.Outside;

    public async Task<float[]?> EmbedQueryAsync(string text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (_queries.Find(text) is { } known)
        {
            return known;
        }

        try
        {
            var vector = (await EmbedAsync([_options.QueryPrefix + Cut(text)], _options.QueryTimeout, cancellationToken))[0];
            _queries.Keep(text, vector);
            return vector;
        }
        catch (HttpRequestException exception)
        {
            LogNoQuery(exception.Message);
            return null;
        }
    }

    public async Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var origin = CallOrigin.Embeddings.Begin();
        return texts.Count == 0 ? [] : await EmbedAsync([.. texts.Select(text => _options.DocumentPrefix + Cut(text))], _options.DocumentTimeout, cancellationToken);
    }

    public void Dispose() => _generator.Dispose();

    private async Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var origin = ((CallOrigin.Current ?? CallOrigin.Embeddings) with { Patience = timeout, StaysInside = !IsOutside }).Begin();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout);
        try
        {
            var embeddings = await _generator.GenerateAsync(texts, cancellationToken: patience.Token);
            float[][] vectors = [.. embeddings.Select(static e => e.Vector.ToArray())];
            return vectors.Length == texts.Count && vectors.All(v => v.Length > 0 && v.Length == vectors[0].Length && v.All(float.IsFinite))
                ? vectors
                : throw new HttpRequestException($"The embedding model {Model} did not give one vector a text.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException exception)
        {
            throw new HttpRequestException($"The embedding model {Model} did not answer within {timeout.TotalSeconds:0.###} s.", exception);
        }
        catch (ClientResultException exception) when (exception.Status > 0)
        {
            throw new HttpRequestException($"The embedding model {Model} was refused: {exception.Message}", exception, (HttpStatusCode)exception.Status);
        }
        catch (Exception exception) when (exception is not HttpRequestException)
        {
            throw new HttpRequestException($"The embedding model {Model} does not answer: {exception.Message}", exception);
        }
    }

    // Never between the two halves of a character.
    private string Cut(string text) => text.Length <= _options.MaxCharacters ? text
        : text[..(_options.MaxCharacters - (char.IsHighSurrogate(text[_options.MaxCharacters - 1]) ? 1 : 0))];

    [LoggerMessage(LogLevel.Debug, "A question was not embedded: {Reason}")]
    private partial void LogNoQuery(string reason);
}
