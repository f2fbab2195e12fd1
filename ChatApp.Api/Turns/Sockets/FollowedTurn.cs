using ChatApp.Api.Turns.Events;

namespace ChatApp.Api.Turns.Sockets;

/// <summary>A turn that is followed on a socket.</summary>
internal sealed class FollowedTurn(Guid turnId, TurnFollower follower, IDisposable place) : IDisposable
{
    private volatile bool _isDropped;

    public Guid TurnId => turnId;

    public TurnFollower Follower => follower;

    /// <summary>Whether the client does not want to hear of it any more.</summary>
    public bool IsDropped => _isDropped;

    public void Dispose()
    {
        _isDropped = true;
        follower.Dispose();
        place.Dispose();
    }
}
