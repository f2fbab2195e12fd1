using ChatApp.Api.Turns.Events;
using Npgsql;

namespace ChatApp.Api.Turns.Sockets;

/// <summary>Lets a socket follow a turn, by the same rules as a stream.</summary>
internal sealed class FollowAdmission(TurnStore turns, CursorCheck cursors, ReaderLimit limit, TurnFeeds feeds)
{
    /// <summary>Begins to follow a turn, or says why not.</summary>
    public async Task<FollowAnswer> AdmitAsync(
        Guid turnId, Guid userId, EventCursor cursor, ReaderSignal signal, CancellationToken cancellationToken)
    {
        try
        {
            if (await turns.FindAsync(turnId, userId, cancellationToken) is not { } turn)
            {
                return new(StatusCodes.Status404NotFound, "There is no such turn.");
            }

            if (await cursors.IsWrongAsync(cursor, turn))
            {
                return new(StatusCodes.Status400BadRequest, CursorCheck.Refusal);
            }

            return limit.TryEnter(userId, ReaderKind.Turn) is { } place
                ? new(await FollowAsync(turn, cursor, place, signal, cancellationToken))
                : new(StatusCodes.Status429TooManyRequests, ReaderLimit.Refusal);
        }
        catch (NpgsqlException)
        {
            return new(StatusCodes.Status503ServiceUnavailable, "The database is not reachable at the moment. Try again.");
        }
    }

    private async Task<FollowedTurn> FollowAsync(
        TurnRow turn, EventCursor cursor, IDisposable place, ReaderSignal signal, CancellationToken cancellationToken)
    {
        try
        {
            return new FollowedTurn(turn.Id, await feeds.FollowAsync(turn, cursor, signal, cancellationToken), place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }
}

/// <summary>A turn that is followed now, or the reason why it is not.</summary>
internal sealed record FollowAnswer(FollowedTurn? Turn, int Status, string Detail)
{
    public FollowAnswer(FollowedTurn turn)
        : this(turn, StatusCodes.Status200OK, "")
    {
    }

    public FollowAnswer(int status, string detail)
        : this(null, status, detail)
    {
    }
}
