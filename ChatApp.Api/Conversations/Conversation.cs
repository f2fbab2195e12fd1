using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Characters;
using ChatApp.Api.Turns;

namespace ChatApp.Api.Conversations;

/// <summary>One person's talk with one character.</summary>
/// <param name="Id">The conversation's id.</param>
/// <param name="Title">Its title: what was said first, unless renamed; empty before that.</param>
/// <param name="Character">Whom it is with.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="UpdatedAt">When something was last said.</param>
/// <param name="ActiveTurn">The turn that is queued or running now; null when none is.</param>
/// <param name="LastMessage">The beginning of the newest message; null when there is none.</param>
public sealed record Conversation(
    Guid Id,
    string Title,
    CharacterSummary Character,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    ActiveTurn? ActiveTurn,
    string? LastMessage);

/// <summary>A turn that has not ended.</summary>
/// <param name="Id">The turn's id.</param>
/// <param name="Status">Queued or running.</param>
/// <param name="AssistantMessageId">The message that it writes.</param>
/// <param name="EventsUrl">Where its events are followed.</param>
public sealed record ActiveTurn(Guid Id, TurnStatus Status, Guid AssistantMessageId, string EventsUrl);

/// <summary>A new conversation.</summary>
/// <param name="CharacterId">Whom it is with.</param>
public sealed record StartConversationRequest([Required(ErrorMessage = "Say with which character.")] Guid? CharacterId);

/// <summary>A change to a conversation.</summary>
/// <param name="Title">The new title, 1 to 120 characters.</param>
public sealed record RenameConversationRequest(
    [Required(ErrorMessage = "Give a title."), StringLength(120, ErrorMessage = "A title has 120 characters at most.")] string Title);
