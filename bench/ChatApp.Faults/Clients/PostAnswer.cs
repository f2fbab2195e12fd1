namespace ChatApp.Faults.Clients;

/// <summary>What became of one try to post.</summary>
/// <param name="Status">What was answered; null when the connection broke.</param>
/// <param name="Turn">The turn, when it was accepted.</param>
/// <param name="RetryAfter">When to come again, where the answer said so.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Body">What else was said, for messages.</param>
public sealed record PostAnswer(int? Status, Guid? Turn, TimeSpan? RetryAfter, TimeSpan Took, string Body);
