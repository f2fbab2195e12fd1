using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Conversations;

namespace ChatApp.Api.Moderation.Queue;

/// <summary>A decision, as moderators see it.</summary>
/// <param name="Id">The decision's id.</param>
/// <param name="At">When it was made.</param>
/// <param name="Source">What was judged.</param>
/// <param name="Category">What it is about; null where a detector was away.</param>
/// <param name="Level">How much of it.</param>
/// <param name="Action">What was done.</param>
/// <param name="Detector">Who found it.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="Excerpt">The words in question, with a little of what is around them.</param>
/// <param name="User">Whose text it is, or to whom it was said; null for a name that somebody wanted who has no account.</param>
/// <param name="CharacterId">With which character; null for none.</param>
/// <param name="ConversationId">In which conversation; null for none.</param>
/// <param name="MessageId">Which message; null where none was kept.</param>
/// <param name="TurnId">In which turn; null for none.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Appeal">What the person says to it; null for nothing.</param>
/// <param name="Decision">What a moderator decided; null while nobody did.</param>
/// <param name="PolicyScope">Which policy decided.</param>
/// <param name="PolicyVersion">In which version.</param>
public sealed record ModerationItem(
    Guid Id,
    DateTimeOffset At,
    ModerationSource Source,
    ModerationCategory? Category,
    ModerationLevel Level,
    ModerationAction Action,
    string Detector,
    string Rule,
    string Excerpt,
    ModeratedPerson? User,
    Guid? CharacterId,
    Guid? ConversationId,
    Guid? MessageId,
    Guid? TurnId,
    ModerationStatus Status,
    ModerationAppeal? Appeal,
    ItemDecision? Decision,
    string PolicyScope,
    int PolicyVersion);

/// <summary>Whose text it is.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">Its name.</param>
public sealed record ModeratedPerson(Guid Id, string Name);

/// <summary>What a person says to a decision.</summary>
/// <param name="Text">In their words.</param>
/// <param name="At">When.</param>
public sealed record ModerationAppeal(string Text, DateTimeOffset At);

/// <summary>What a moderator decided.</summary>
/// <param name="By">The moderator's name; null when that account is gone.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why; null where they did not say.</param>
public sealed record ItemDecision(string? By, DateTimeOffset At, string? Reason);

/// <summary>A decision with what was said around it.</summary>
/// <param name="Item">The decision.</param>
/// <param name="Around">The messages before the one in question, and itself, oldest first; 2,000 characters of each.</param>
/// <param name="Original">The text that was taken away; null where none was.</param>
public sealed record ModerationItemDetails(ModerationItem Item, IReadOnlyList<NearMessage> Around, string? Original);

/// <summary>A message near the one in question.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Text">Its words.</param>
/// <param name="At">When it was said.</param>
public sealed record NearMessage(MessageRole Role, string Text, DateTimeOffset At);

/// <summary>A decision about something of one's own.</summary>
/// <param name="Id">The decision's id.</param>
/// <param name="At">When it was made.</param>
/// <param name="Source">What was judged.</param>
/// <param name="Category">What it is about; null where it could not be judged.</param>
/// <param name="Action">What was done: <c>redact</c> or <c>block</c>.</param>
/// <param name="Excerpt">The words in question where they are one's own; empty for answers.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Appeal">What one said to it; null for nothing.</param>
public sealed record OwnModeration(
    Guid Id,
    DateTimeOffset At,
    ModerationSource Source,
    ModerationCategory? Category,
    ModerationAction Action,
    string Excerpt,
    ModerationStatus Status,
    ModerationAppeal? Appeal);

/// <summary>An appeal.</summary>
/// <param name="Text">Why the decision is wrong, 1 to 2,000 characters.</param>
public sealed record AppealRequest(
    [Required(ErrorMessage = "Say why."), StringLength(2000, ErrorMessage = "An appeal has 2,000 characters at most.")] string Text);

/// <summary>A moderator's decision.</summary>
/// <param name="Reason">Why, 500 characters at most; it may be left out.</param>
public sealed record DecisionRequest([StringLength(500, ErrorMessage = "A reason has 500 characters at most.")] string? Reason = null);

/// <summary>A moderator's decision to keep the person out.</summary>
/// <param name="Reason">What the person is told, 1 to 500 characters.</param>
/// <param name="Days">For how many days, 1 to 3,650; without it until somebody lets them in again.</param>
public sealed record BanItemRequest(
    [Required(ErrorMessage = "Say why: the person is told."), StringLength(500, ErrorMessage = "A reason has 500 characters at most.")] string Reason,
    [Range(1, 3650, ErrorMessage = "A ban lasts 1 to 3,650 days.")] int? Days = null);
