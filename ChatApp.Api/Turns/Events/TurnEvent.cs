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

    /// <summary>Whether the text begins anew with it, whatever it was.</summary>
    public bool Clears => Type is TurnEventTypes.Restarted or TurnEventTypes.Moderated;

    /// <summary>Its id, as readers see it.</summary>
    public EventCursor Id => new(Seq, Offset);

    /// <summary>Its bytes on the wire, made once for all who send it; null for an event that only one reader has.</summary>
    public EventFrames? Frames { get; set; }

    /// <summary>Equal as entries of a log: what was made of it for sending does not count.</summary>
    public bool Equals(TurnEvent? other) =>
        other is not null && Seq == other.Seq && Start == other.Start && Offset == other.Offset && Type == other.Type && Data == other.Data;

    public override int GetHashCode() => HashCode.Combine(Seq, Offset);

    /// <summary>The form in which it stands in Redis.</summary>
    public string Format() => string.Create(CultureInfo.InvariantCulture, $"{Seq} {Start} {Offset} {Type} {Data}");

    /// <summary>Reads what <see cref="Format"/> wrote; null when it is something else.</summary>
    public static TurnEvent? Parse(string? text)
    {
        Span<Range> parts = stackalloc Range[5];
        var span = text.AsSpan();
        return span.Split(parts, ' ') == 5
            && long.TryParse(span[parts[0]], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && int.TryParse(span[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(span[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? new TurnEvent(seq, start, offset, TurnEventTypes.Known(span[parts[3]]), span[parts[4]].ToString())
            : null;
    }
}
