using Microsoft.Extensions.AI;

namespace ChatApp.Api.Turns.Stages;

/// <summary>Times an answer and counts its tokens.</summary>
/// <param name="ageMs">How old the turn was when this began.</param>
/// <param name="earlierTokens">About how many tokens earlier attempts at this turn wrote, whose first one is long past.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerMeasure(double ageMs, int earlierTokens, TimeProvider time)
{
    private readonly long _begun = time.GetTimestamp();
    private long? _first;
    private long _last;
    private int _pieces;
    private long? _input;
    private long? _output;

    public bool HasBegun => _first is not null;

    /// <summary>Notes a piece of the answer.</summary>
    /// <returns>For the first one of the turn, the time since the turn was accepted.</returns>
    public TimeSpan? Piece()
    {
        _pieces++;
        _last = time.GetTimestamp();
        if (_first is not null)
        {
            return null;
        }

        _first = _last;
        return earlierTokens > 0 ? null : SinceAccepted(_last);
    }

    /// <summary>Notes what the engine counted; its last word is the one that counts.</summary>
    public void Counted(UsageDetails details)
    {
        _input = details.InputTokenCount ?? _input;
        _output = details.OutputTokenCount ?? _output;
    }

    /// <summary>What is known; null when nothing is.</summary>
    public TurnUsage? ToUsage()
    {
        if (_first is null && earlierTokens == 0)
        {
            return null;
        }

        // An engine that does not count, or was interrupted before it did, gives about a token a piece.
        var output = _output ?? _pieces;
        var first = _first ?? _begun;
        var seconds = _first is null ? 0 : time.GetElapsedTime(first, _last).TotalSeconds;
        return new TurnUsage(
            (int?)_input,
            (int)output + earlierTokens,
            earlierTokens > 0 ? null : Math.Round(SinceAccepted(first).TotalMilliseconds, 1),
            seconds > 0 && output > 1 ? Math.Round((output - 1) / seconds, 1) : null);
    }

    private TimeSpan SinceAccepted(long timestamp) => TimeSpan.FromMilliseconds(ageMs) + time.GetElapsedTime(_begun, timestamp);
}
