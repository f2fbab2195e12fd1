using System.Globalization;
using System.Runtime.InteropServices;

namespace ChatApp.Faults.Judging;

/// <summary>One event as a reader got it.</summary>
/// <param name="At">When, since the history began.</param>
/// <param name="Seq">Its number in the turn.</param>
/// <param name="Offset">How long the answer is with it.</param>
/// <param name="Type">What it is.</param>
/// <param name="Text">The text that it adds; empty for anything but a delta.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SeenEvent(TimeSpan At, long Seq, int Offset, string Type, string Text)
{
    public bool IsTerminal => Type is "completed" or "failed" or "cancelled";

    /// <summary>Its id, which a reader that was cut off gives as <c>Last-Event-ID</c>.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Seq}-{Offset}");

    /// <summary>Takes an id apart; null when it is none.</summary>
    public static (long Seq, int Offset)? ParseId(string? id) =>
        id?.Split('-') is [var seq, var offset]
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? (number, length)
            : null;
}
