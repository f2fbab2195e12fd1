namespace ChatApp.Api.Memory.Recall;

/// <summary>What is about to be answered, and how much room there is.</summary>
internal sealed record RecallRequest
{
    /// <summary>What the person says now.</summary>
    public required string Text { get; init; }

    /// <summary>What was said just before, newest last; helps with "and her?".</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    public required string UserName { get; init; }

    public required string CharacterName { get; init; }

    /// <summary>Messages that are not to be recalled: the model reads them anyway, or others stand in their place.</summary>
    public IReadOnlySet<Guid> Without { get; init; } = new HashSet<Guid>();

    /// <summary>Tokens that the memories may take together.</summary>
    public int TokenBudget { get; init; } = 600;

    /// <summary>Characters a token, for the estimate of what fits.</summary>
    public double CharactersPerToken { get; init; } = 3.5;

    /// <summary>The answering model is an outside provider's, which a person can keep their memories from.</summary>
    public bool IsOutside { get; init; }
}
