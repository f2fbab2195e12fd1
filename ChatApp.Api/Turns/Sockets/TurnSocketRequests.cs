using System.Text.Json;
using ChatApp.Api.Turns.Events;

namespace ChatApp.Api.Turns.Sockets;

/// <summary>Does what is asked on one socket, one thing after the other.</summary>
internal sealed class TurnSocketRequests(
    Guid userId, FollowedTurns followed, TurnSocketWriter writer, ReaderSignal signal, FollowAdmission admission)
{
    /// <exception cref="JsonException">The message is not JSON at all.</exception>
    public async Task HandleAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(message);
        var request = Read(document.RootElement);
        var hasTurn = Guid.TryParse(request?.TurnId, out var turnId);
        var answer = request?.Type switch
        {
            SocketRequest.Ping => SocketFrames.Pong,
            SocketRequest.Follow or SocketRequest.Unfollow when !hasTurn => Refusal("turnId is not the id of a turn."),
            SocketRequest.Follow => await FollowAsync(turnId, request.LastEventId, cancellationToken),
            SocketRequest.Unfollow => Unfollow(turnId),
            _ => Refusal("Send an object with a type: follow, unfollow or ping."),
        };
        if (answer is not null)
        {
            await writer.ReplyAsync(answer, cancellationToken);
        }
    }

    private static SocketRequest? Read(JsonElement root)
    {
        try
        {
            return root.Deserialize(SocketJson.Default.SocketRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Refusal(string detail) => SocketFrames.Error(StatusCodes.Status400BadRequest, detail);

    private byte[]? Unfollow(Guid turnId)
    {
        followed.Remove(turnId);
        return null;
    }

    private async Task<byte[]?> FollowAsync(Guid turnId, string? lastEventId, CancellationToken cancellationToken)
    {
        if (!EventCursor.TryParse(lastEventId, out var cursor))
        {
            return SocketFrames.Error(
                StatusCodes.Status400BadRequest, "lastEventId is not the id of an event. Leave it out to begin at the start.", turnId);
        }

        if (followed.Contains(turnId))
        {
            return SocketFrames.Error(StatusCodes.Status409Conflict, "This turn is followed on this socket already.", turnId);
        }

        if (followed.Now.Length >= FollowedTurns.Capacity)
        {
            return SocketFrames.Error(
                StatusCodes.Status429TooManyRequests, $"A socket follows {FollowedTurns.Capacity} turns at most. Unfollow one first.", turnId);
        }

        var answer = await admission.AdmitAsync(turnId, userId, cursor, signal, cancellationToken);
        if (answer.Turn is null)
        {
            return SocketFrames.Error(answer.Status, answer.Detail, turnId);
        }

        followed.Add(answer.Turn);
        signal.Wake();
        return null;
    }
}
