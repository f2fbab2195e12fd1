namespace ChatApp.Web.Api;

/// <summary>A decision, as moderators see it.</summary>
/// <param name="Id">The decision's id.</param>
/// <param name="At">When it was made.</param>
/// <param name="Source">message, answer, name, memory or document.</param>
/// <param name="Category">What it is about; null where nobody could tell.</param>
/// <param name="Level">low, medium or high.</param>
/// <param name="Action">flag, redact or block.</param>
/// <param name="Detector">Who found it.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="Excerpt">The words in question.</param>
/// <param name="User">Whose text it is; null when the account is gone.</param>
/// <param name="ConversationId">Where it was said.</param>
/// <param name="Status">open, appealed, approved, upheld, banned or noted.</param>
/// <param name="Appeal">What the person says to it.</param>
/// <param name="Decision">What a moderator decided; null while nobody did.</param>
/// <param name="PolicyVersion">Which version of the policy decided.</param>
public sealed record ModerationItem(
    Guid Id,
    DateTimeOffset At,
    string Source,
    string? Category,
    string Level,
    string Action,
    string? Detector,
    string? Rule,
    string? Excerpt,
    ModeratedPerson? User,
    Guid? ConversationId,
    string Status,
    Appeal? Appeal,
    ItemDecision? Decision,
    int? PolicyVersion)
{
    /// <summary>Nobody has decided it yet.</summary>
    public bool IsWaiting => Status is "open" or "appealed";
}

/// <summary>Whose text it is.</summary>
public sealed record ModeratedPerson(Guid Id, string Name);

/// <summary>What a person says to a decision.</summary>
/// <param name="Text">In their words.</param>
/// <param name="At">When.</param>
public sealed record Appeal(string Text, DateTimeOffset? At);

/// <summary>Who decided, and why where they said it.</summary>
public sealed record ItemDecision(string? By, DateTimeOffset At, string? Reason);

/// <summary>A decision with what was said around it, and the text that was taken away, where one was.</summary>
public sealed record ModerationContext(ModerationItem Item, List<ContextMessage> Around, string? Original = null);

/// <summary>A message near the one in question.</summary>
/// <param name="Role">user or assistant.</param>
/// <param name="Text">Its words.</param>
/// <param name="At">When it was said.</param>
public sealed record ContextMessage(string Role, string Text, DateTimeOffset? At);

/// <summary>A decision about something of the signed-in person's.</summary>
public sealed record OwnModeration(
    Guid Id, DateTimeOffset At, string Source, string? Category, string Action, string? Excerpt, string Status, Appeal? Appeal);

/// <summary>The body of an appeal.</summary>
internal sealed record AppealRequest(string Text);

/// <summary>The body of a moderator's ban; without days it is for good.</summary>
public sealed record ModeratorBan(int? Days, string Reason);
