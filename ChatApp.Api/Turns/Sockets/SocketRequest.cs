namespace ChatApp.Api.Turns.Sockets;

/// <summary>What a client asks on a socket.</summary>
/// <param name="Type">One of the constants here.</param>
/// <param name="TurnId">The turn, for all but a ping.</param>
/// <param name="LastEventId">Where to go on, for <see cref="Follow"/>; from the start without it.</param>
internal sealed record SocketRequest(string? Type, string? TurnId, string? LastEventId)
{
    public const string Follow = "follow";
    public const string Unfollow = "unfollow";
    public const string Ping = "ping";
}
