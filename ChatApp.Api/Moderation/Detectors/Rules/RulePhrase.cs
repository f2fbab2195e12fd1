namespace ChatApp.Api.Moderation.Detectors.Rules;

/// <summary>Words that stand for a symbol together.</summary>
/// <param name="Parts">Their symbols, in order.</param>
/// <param name="Symbol">What they stand for.</param>
internal sealed record RulePhrase(IReadOnlyList<int> Parts, int Symbol);
