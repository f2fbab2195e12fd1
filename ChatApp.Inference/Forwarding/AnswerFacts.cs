namespace ChatApp.Inference.Forwarding;

/// <summary>What one event of an answer, or a whole one that is not streamed, has in it.</summary>
internal ref struct AnswerFacts
{
    /// <summary>Text, a tool call, or anything else besides a role.</summary>
    public bool HasPiece { get; set; }

    /// <summary>Any <c>choices</c>, be they empty.</summary>
    public bool HasChoices { get; set; }

    /// <summary><c>choices</c> that are not empty.</summary>
    public bool HasChoice { get; set; }

    /// <summary>Embeddings.</summary>
    public bool HasData { get; set; }

    /// <summary>A reason why it ended.</summary>
    public bool HasFinish { get; set; }

    /// <summary>Tokens counted.</summary>
    public bool HasUsage { get; set; }

    /// <summary>The engine says that it failed.</summary>
    public bool HasError { get; set; }
}
