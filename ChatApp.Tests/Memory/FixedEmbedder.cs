using ChatApp.Api.Models;

namespace ChatApp.Tests.Memory;

/// <summary>An embedding model that has the same vector for everything, and counts how often it is asked.</summary>
internal sealed class FixedEmbedder(string model, bool isOutside = false) : ITextEmbedder
{
    public int Asked { get; private set; }

    public string? Model => model;

    public bool IsOutside => isOutside;

    public Task<float[]?> EmbedQueryAsync(string text, CancellationToken cancellationToken)
    {
        Asked++;
        return Task.FromResult<float[]?>([1, 0, 0]);
    }

    public Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<float[]>>([.. texts.Select(static _ => (float[])[1, 0, 0])]);
}
