namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>A row with its terms taken out of its full-text vector.</summary>
internal sealed record MemoryTerms
{
    public Guid Id { get; init; }

    public Guid? MessageId { get; init; }

    public Guid? ConversationId { get; init; }

    public int Position { get; init; }

    public string Speaker { get; init; } = "";

    public float[]? Embedding { get; init; }

    public string[]? Lexemes { get; init; }

    public int[]? Counts { get; init; }

    /// <summary>How often each term is in it.</summary>
    public Dictionary<uint, int> CountTerms()
    {
        var counts = new Dictionary<uint, int>();
        AddTo(counts);
        return counts;
    }

    /// <summary>Adds its terms to others.</summary>
    public void AddTo(Dictionary<uint, int> counts)
    {
        for (var i = 0; i < (Lexemes?.Length ?? 0); i++)
        {
            var number = TermVectors.Number(Lexemes![i]);
            counts[number] = counts.GetValueOrDefault(number) + Counts![i];
        }
    }
}
