namespace ChatApp.Api.Turns.Events;

/// <summary>
/// Tells cursors that no event of a turn can have given. A reader may be ahead of Postgres, which is saved once a second,
/// and of a log that was lost; what cannot be proved wrong passes.
/// </summary>
internal sealed class CursorCheck(TurnEventLog log)
{
    /// <summary>What somebody with such a cursor is told.</summary>
    public static string Refusal => "This is not the id of an event of this turn. Leave it out to begin at the start.";

    public async Task<bool> IsWrongAsync(EventCursor cursor, TurnRow turn)
    {
        if (cursor.Seq < 1)
        {
            return cursor.Offset > 0;
        }

        // The text before a restart was dropped, and with it what was known of its length.
        if (cursor.Seq <= turn.EventSeq)
        {
            return cursor.Seq >= turn.RestartSeq && cursor.Offset > turn.Text.Length;
        }

        if (turn.HasEnded || turn.Attempt == 0)
        {
            return true;
        }

        if (await log.ReadPageAsync(turn.Id, cursor.Seq, count: 1) is not { } page)
        {
            return false;
        }

        return page.Events is [var first, ..]
            ? first.Seq == cursor.Seq && first.Offset != cursor.Offset
            : page.IsLast && await log.ReadLastAsync(turn.Id) is not null;
    }
}
