namespace ChatApp.Api.Memory.Index;

/// <summary>What to look for in a scope.</summary>
internal sealed record MemorySearch
{
    /// <summary>The words to look for, as a person wrote them.</summary>
    public required string Text { get; init; }

    /// <summary>Words around them that count for less: what was said just before.</summary>
    public string Context { get; init; } = "";

    /// <summary>The text's embedding; null where there is no embedding model, or it did not answer in time.</summary>
    public float[]? Vector { get; init; }

    /// <summary>The person's name, which a question may name a speaker by.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The character's name.</summary>
    public string CharacterName { get; init; } = "";

    /// <summary>Messages that are not to be found, because the model reads them anyway.</summary>
    public IReadOnlySet<Guid> WithoutMessages { get; init; } = new HashSet<Guid>();

    /// <summary>How many to give, at most; 1 to 200.</summary>
    public int Limit { get; init; } = 50;
}
