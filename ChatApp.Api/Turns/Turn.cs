using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Conversations;

namespace ChatApp.Api.Turns;

/// <summary>One user message and an answer that it causes.</summary>
/// <param name="Id">The turn's id.</param>
/// <param name="ConversationId">The conversation that it belongs to.</param>
/// <param name="Kind">What it was asked to do.</param>
/// <param name="Status">Where it is.</param>
/// <param name="UserMessageId">What was said; for another answer, what was said before.</param>
/// <param name="AssistantMessageId">The answer.</param>
/// <param name="EventsUrl">Where its events are followed.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="Error">Why it failed; null unless it did.</param>
/// <param name="Usage">What the answer took; null until it is there.</param>
public sealed record Turn(
    Guid Id,
    Guid ConversationId,
    TurnKind Kind,
    TurnStatus Status,
    Guid UserMessageId,
    Guid AssistantMessageId,
    string EventsUrl,
    DateTimeOffset CreatedAt,
    TurnError? Error,
    TurnUsage? Usage);

/// <summary>What an answer took.</summary>
/// <param name="InputTokens">Tokens of the prompt, as the engine counted them.</param>
/// <param name="OutputTokens">Tokens of the answer, as the engine counted them.</param>
/// <param name="TimeToFirstTokenMs">Milliseconds from accepting the message to the first piece of the answer.</param>
/// <param name="TokensPerSecond">Rate of the answer after its first token.</param>
public sealed record TurnUsage(int? InputTokens, int? OutputTokens, double? TimeToFirstTokenMs, double? TokensPerSecond);

/// <summary>Something to say.</summary>
/// <param name="Text">The message, 1 to 16,000 characters.</param>
/// <param name="EditOf">Your message that this is another wording of; null for a new message at the end.</param>
public sealed record PostTurnRequest(
    [Required(ErrorMessage = "A message cannot be empty."), StringLength(16_000, ErrorMessage = "A message has 16,000 characters at most.")] string Text,
    Guid? EditOf = null);
