namespace ChatApp.Tests.Inference.Targets;

/// <summary>What a target says to a chat or a completion.</summary>
/// <param name="Pieces">The text, an event a piece.</param>
internal sealed record TargetAnswer(IReadOnlyList<string> Pieces)
{
    /// <summary>What it thinks before it says it; the kinds that think aloud tell it.</summary>
    public IReadOnlyList<string> Thinking { get; init; } = [];

    /// <summary>The tools that it calls after the text.</summary>
    public IReadOnlyList<TargetToolCall> ToolCalls { get; init; } = [];

    /// <summary>Tokens of the prompt, those in the cache included.</summary>
    public int InputTokens { get; init; } = 21;

    /// <summary>Those in the cache.</summary>
    public int CachedTokens { get; init; } = 8;

    /// <summary>Why it ends, in OpenAI's words.</summary>
    public string FinishReason { get; init; } = "stop";

    public static TargetAnswer Default { get; } = new(["Hello", " there", ", how", " are", " you", "?"]);

    public string Text => string.Concat(Pieces);

    public int OutputTokens => Math.Max(1, Pieces.Count + Thinking.Count + ToolCalls.Sum(static call => call.ArgumentPieces.Count));
}
