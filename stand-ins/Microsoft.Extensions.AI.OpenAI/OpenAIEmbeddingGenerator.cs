using OpenAI.Embeddings;

namespace Microsoft.Extensions.AI;

internal sealed class OpenAIEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingClient _client;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly int? _dimensions;

    public OpenAIEmbeddingGenerator(EmbeddingClient client, int? dimensions)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (dimensions is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(dimensions));
        }

        _client = client;
        _dimensions = dimensions;
        _metadata = new EmbeddingGeneratorMetadata("openai", client.Endpoint, client.Model, dimensions);
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new OpenAI.Embeddings.EmbeddingGenerationOptions { Dimensions = options?.Dimensions ?? _dimensions };
        if (options?.ModelId is { } model)
        {
            request.Patch.Set("$.model"u8, model);
        }

        var result = await _client.GenerateEmbeddingsAsync(values, request, cancellationToken).ConfigureAwait(false);
        var embeddings = result.Value;
        return new GeneratedEmbeddings<Embedding<float>>(embeddings.Select(embedding => new Embedding<float>(embedding.ToFloats())
        {
            CreatedAt = DateTimeOffset.UtcNow,
            ModelId = embeddings.Model,
        }))
        {
            Usage = embeddings.Usage is { } usage
                ? new UsageDetails { InputTokenCount = usage.InputTokenCount, TotalTokenCount = usage.TotalTokenCount }
                : null,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(EmbeddingClient) ? _client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
        // The OpenAI client is its creator's, and holds nothing to release.
    }
}
