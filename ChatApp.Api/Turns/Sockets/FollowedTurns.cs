namespace ChatApp.Api.Turns.Sockets;

/// <summary>The turns that are followed on one socket, a bounded number.</summary>
internal sealed class FollowedTurns : IDisposable
{
    public const int Capacity = 64;

    private readonly Lock _gate = new();
    private FollowedTurn[] _turns = [];
    private bool _isClosed;

    /// <summary>Those that are followed at this moment.</summary>
    public FollowedTurn[] Now => Volatile.Read(ref _turns);

    public bool Contains(Guid turnId) => Array.Exists(Now, t => t.TurnId == turnId);

    /// <summary>Takes a turn in; on a socket that has closed it is let go at once.</summary>
    public void Add(FollowedTurn turn)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _turns = [.. _turns, turn];
                return;
            }
        }

        turn.Dispose();
    }

    /// <summary>Lets a turn go, if it is followed.</summary>
    public void Remove(Guid turnId)
    {
        FollowedTurn? removed;
        lock (_gate)
        {
            removed = Array.Find(_turns, t => t.TurnId == turnId);
            _turns = [.. _turns.Where(t => t != removed)];
        }

        removed?.Dispose();
    }

    public void Dispose()
    {
        FollowedTurn[] turns;
        lock (_gate)
        {
            _isClosed = true;
            (turns, _turns) = (_turns, []);
        }

        foreach (var turn in turns)
        {
            turn.Dispose();
        }
    }
}
