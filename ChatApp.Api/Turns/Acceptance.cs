namespace ChatApp.Api.Turns;

/// <summary>What became of a request for a turn.</summary>
/// <param name="Verdict">Whether it is taken, and why not.</param>
/// <param name="Turn">The queued turn, or the earlier one that this request repeats; null when it is refused.</param>
internal sealed record Acceptance(Verdict Verdict, Turn? Turn);
