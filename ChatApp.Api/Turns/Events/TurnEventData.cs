using ChatApp.Api.Moderation;

namespace ChatApp.Api.Turns.Events;

/// <summary>Data of <c>accepted</c>.</summary>
internal sealed record AcceptedData(Guid TurnId, Guid UserMessageId, Guid AssistantMessageId);

/// <summary>Data of <c>delta</c>: text to append.</summary>
internal sealed record DeltaData(string Text);

/// <summary>Data of <c>moderated</c>: the text is taken away. The category is null where nobody could tell.</summary>
internal sealed record ModeratedData(ModerationAction Action, ModerationCategory? Category, string Notice);

/// <summary>Data of <c>completed</c>; the reason is <c>stop</c> or <c>length</c>.</summary>
internal sealed record CompletedData(string FinishReason, Guid MessageId);

/// <summary>Data of <c>failed</c>.</summary>
internal sealed record FailedData(string Code, string Title, string Detail);

/// <summary>Data of <c>cancelled</c>.</summary>
internal sealed record CancelledData(Guid MessageId);
