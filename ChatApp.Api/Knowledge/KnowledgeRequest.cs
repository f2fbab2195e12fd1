namespace ChatApp.Api.Knowledge;

/// <summary>What is about to be answered, and how much room there is.</summary>
internal sealed record KnowledgeRequest
{
    /// <summary>What the person says now.</summary>
    public required string Text { get; init; }

    /// <summary>What was said just before, newest last.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Tokens that the snippets may take together.</summary>
    public int TokenBudget { get; init; } = 1200;

    /// <summary>Characters a token, for the estimate of what fits.</summary>
    public double CharactersPerToken { get; init; } = 3.5;
}
