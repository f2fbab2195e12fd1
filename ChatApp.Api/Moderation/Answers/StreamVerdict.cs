using ChatApp.Api.Moderation.Judging;

namespace ChatApp.Api.Moderation.Answers;

/// <summary>What becomes of a piece of an answer.</summary>
/// <param name="Text">What may leave now.</param>
internal sealed record StreamVerdict(string Text)
{
    public static StreamVerdict Nothing { get; } = new("");

    /// <summary>Why nothing leaves any more; null while it does.</summary>
    public Finding? Blocked { get; init; }

    /// <summary>The text that the finding's span counts in.</summary>
    public string Excerpted { get; init; } = "";

    /// <summary>What is to be kept in the log, each only once an answer.</summary>
    public IReadOnlyList<ModerationDecisionDraft> Decisions { get; init; } = [];
}

/// <summary>A finding, and the text that its span counts in.</summary>
internal sealed record ModerationDecisionDraft(Finding Finding, string Text);
