namespace ChatApp.Api.Turns.Events;

/// <summary>Some events of a turn's log, in order.</summary>
/// <param name="Events">The events.</param>
/// <param name="Next">The number from which to read on.</param>
/// <param name="IsLast">Whether the log has no more.</param>
internal sealed record LogPage(List<TurnEvent> Events, long Next, bool IsLast);
