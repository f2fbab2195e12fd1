namespace ChatApp.Api.Models;

/// <summary>For when no embedding model is configured.</summary>
internal sealed class NoTextEmbedder : ITextEmbedder
{
    public string? Model => null;

    public bool IsOutside => false;

    public Task<float[]?> EmbedQueryAsync(string text, CancellationToken cancellationToken) => Task.FromResult<float[]?>(null);

    public Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("There is no embedding model: set 'Embeddings:Model'.");
}
