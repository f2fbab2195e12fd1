using System.Globalization;
using System.Runtime.InteropServices;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// A reader's place in a turn: the newest event it has, and how much of the answer that made. The number finds the place
/// in the log; the length finds it in the stored text when the log is gone.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventCursor(long Seq, int Offset)
{
    public static EventCursor Start => default;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seq}-{Offset}");

    /// <summary>Reads an event id; no text at all is the start.</summary>
    public static bool TryParse(string? text, out EventCursor cursor)
    {
        cursor = Start;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (text.Length > 40
            || dash < 0
            || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            || !int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return false;
        }

        cursor = new EventCursor(seq, offset);
        return true;
    }
}
