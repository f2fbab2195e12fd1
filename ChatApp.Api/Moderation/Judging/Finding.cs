using ChatApp.Api.Moderation.Policies;

namespace ChatApp.Api.Moderation.Judging;

/// <summary>Something that was found, and what the policy does about it.</summary>
/// <param name="Detection">What was found; where a detector was away, who that was.</param>
/// <param name="Rule">What is done.</param>
/// <param name="LatencyMs">How long finding it took.</param>
internal sealed record Finding(Detection Detection, PolicyRule Rule, double LatencyMs)
{
    /// <summary>The rule's name in the log where a detector had no answer.</summary>
    public const string Unavailable = "unavailable";

    public ModerationAction Action => Rule.Action;

    /// <summary>Whether it only says that nobody could tell.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>What it is about; null where nobody could tell.</summary>
    public ModerationCategory? Category => IsUnavailable || !Enum.IsDefined(Detection.Category) ? null : Detection.Category;

    public int End => Detection.Start + Detection.Length;

    /// <summary>Which of two counts where one must be named.</summary>
    public static int Compare(Finding a, Finding b)
    {
        var byAction = a.Action.CompareTo(b.Action);
        var byLevel = byAction != 0 ? byAction : a.Detection.Level.CompareTo(b.Detection.Level);
        return byLevel != 0 ? byLevel : a.Detection.Category.CompareTo(b.Detection.Category);
    }
}
