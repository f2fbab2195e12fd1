using System.Globalization;

namespace ChatApp.Api.Turns.Events;

/// <summary>One numbered entry of a turn's log.</summary>
/// <param name="Seq">Its number in the turn, from 1, never used twice for different events that a reader keeps.</param>
/// <param name="Start">UTF-16 length of the answer before this event.</param>
/// <param name="Offset">UTF-16 length of the answer up to and including this event.</param>
/// <param name="Type">One of <see cref="TurnEventTypes"/>.</param>
/// <param name="Data">JSON on one line.</param>
internal sealed record TurnEvent(long Seq, int Start, int Offset, string Type, string Data)
{
    public bool IsTerminal => Type is TurnEventTypes.Completed or TurnEventTypes.Failed or TurnEventTypes.Cancelled;

    /// <summary>The form in which it stands in Redis.</summary>
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"{Seq} {Start} {Offset} {Type} {Data}");

    /// <summary>Reads what <see cref="Format"/> wrote; null when it is something else.</summary>
    public static TurnEvent? Parse(string? text)
    {
        var parts = text?.Split(' ', 5);
        return parts is { Length: 5 }
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? new TurnEvent(seq, start, offset, parts[3], parts[4])
            : null;
    }
}
