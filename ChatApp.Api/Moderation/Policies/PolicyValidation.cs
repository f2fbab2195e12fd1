namespace ChatApp.Api.Moderation.Policies;

/// <summary>What a policy may say.</summary>
internal static class PolicyValidation
{
    private static readonly ModerationCategory[] Free = [.. Enum.GetValues<ModerationCategory>().Where(static c => c != ModerationCategory.Minors)];

    /// <summary>What is wrong with it.</summary>
    /// <returns>The field and a sentence; null when nothing is.</returns>
    public static (string Field, string Message)? Check(string scope, PolicyChange change)
    {
        var isSite = scope == PolicyScope.Site;
        if (change.Rules.Minors is { } minors && minors is not { Low: null or ModerationAction.Block, Medium: null or ModerationAction.Block, High: null or ModerationAction.Block })
        {
            return ("rules.minors", "Sexual content with minors is always blocked.");
        }

        foreach (var category in Free)
        {
            if (isSite && change.Rules.Of(category) is not { IsWhole: true })
            {
                return ($"rules.{ModerationNames.Of(category)}", "The site's policy says what is done about every level of every category.");
            }
        }

        if (change.Overridable is { Count: > 0 } overridable && (!isSite || overridable.Contains(ModerationCategory.Minors)))
        {
            return ("overridable", isSite ? "Minors cannot be among them." : "Only the site's policy says what may be overridden.");
        }

        return null;
    }
}
