using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Memory.Recall;

/// <summary>A memory as recall weighs it.</summary>
internal sealed class RecallRow
{
    public Guid Id { get; init; }

    public MemoryKind Kind { get; init; }

    public MemorySpeaker Speaker { get; init; }

    public string Text { get; init; } = "";

    public DateTimeOffset SaidAt { get; init; }

    public bool Pinned { get; init; }

    public float Importance { get; init; }

    public Guid? ConversationId { get; init; }

    public Guid? MessageId { get; init; }

    /// <summary>The text of its tsvector.</summary>
    public string Terms { get; init; } = "";

    public HashSet<string> TermSet()
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (term, _) in TermVector.Parse(Terms).Terms)
        {
            terms.Add(term);
        }

        return terms;
    }
}
