namespace ChatApp.Faults.Judging;

/// <summary>One try to post a turn, and what came back.</summary>
/// <param name="At">When it was sent, since the history began.</param>
/// <param name="Took">How long the answer took.</param>
/// <param name="Conversation">Where.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Status">What was answered; null when the connection broke, so that nobody knows.</param>
/// <param name="Turn">The turn that was answered; null when none was.</param>
/// <param name="RetryAfter">Whether the answer says when to come again.</param>
public sealed record PostHistory(TimeSpan At, TimeSpan Took, Guid Conversation, string Key, int? Status, Guid? Turn, bool RetryAfter);
