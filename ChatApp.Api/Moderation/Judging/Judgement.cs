namespace ChatApp.Api.Moderation.Judging;

/// <summary>What became of a whole text.</summary>
/// <param name="Findings">What was found of which the policy wants something, one a category and detector; the strictest first.</param>
/// <param name="Text">The text, with what is to be covered covered; as it was where nothing is.</param>
internal sealed record Judgement(IReadOnlyList<Finding> Findings, string Text)
{
    /// <summary>The strictest action of all.</summary>
    public ModerationAction Action => Findings is [var first, ..] ? first.Action : ModerationAction.Allow;

    /// <summary>What decided; null where all is allowed.</summary>
    public Finding? Decisive => Findings is [var first, ..] ? first : null;

    /// <summary>Whether somebody may be about to harm themselves.</summary>
    public bool AsksForHelp => Findings.Any(static f => f.Category == ModerationCategory.SelfHarm && f.Detection.Level == ModerationLevel.High);

    public static Judgement Clean(string text) => new([], text);
}
