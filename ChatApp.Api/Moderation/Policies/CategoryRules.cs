namespace ChatApp.Api.Moderation.Policies;

/// <summary>What is done about one category, by level. Null where a policy says nothing.</summary>
/// <param name="Low">Where it is mentioned.</param>
/// <param name="Medium">Where it is what the text is about.</param>
/// <param name="High">Where it is explicit, urged, or meant.</param>
public sealed record CategoryRules(ModerationAction? Low = null, ModerationAction? Medium = null, ModerationAction? High = null)
{
    internal bool IsWhole => Low is not null && Medium is not null && High is not null;

    internal ModerationAction? Of(ModerationLevel level) => level switch
    {
        ModerationLevel.Low => Low,
        ModerationLevel.Medium => Medium,
        ModerationLevel.High => High,
        _ => ModerationAction.Allow,
    };
}
