using ChatApp.Api.Models;

namespace ChatApp.Tests.Knowledge;

/// <summary>An embedding model that knows three topics, and which words belong to them.</summary>
internal sealed class TopicEmbedder(string model) : ITextEmbedder
{
    private static readonly string[][] Topics = [["warranty", "guarantee", "coverage"], ["hose", "clamp", "tube"], ["sheep", "wool", "lamb"]];

    public string? Model => model;

    public bool IsOutside { get; init; }

    /// <summary>Answers to questions, or not, like a model that is away.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Questions that it was sent.</summary>
    public int Questions { get; private set; }

    public Task<float[]?> EmbedQueryAsync(string text, CancellationToken cancellationToken)
    {
        Questions++;
        return Task.FromResult(Answers ? Embed(text) : null);
    }

    public Task<IReadOnlyList<float[]>> EmbedDocumentsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<float[]>>([.. texts.Select(Embed)]);

    private static float[] Embed(string text) =>
        [.. Topics.Select(topic => (float)topic.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))), 0.1f];
}
