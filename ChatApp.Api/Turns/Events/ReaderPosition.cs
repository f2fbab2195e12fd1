namespace ChatApp.Api.Turns.Events;

/// <summary>Where a reader is, and the rule for what may come next: only what continues its text exactly.</summary>
internal sealed class ReaderPosition(EventCursor cursor)
{
    private long _seq = cursor.Seq;

    /// <summary>The number of the newest event taken; others look at it while the reader goes on.</summary>
    public long Seq => Volatile.Read(ref _seq);

    public int Offset { get; private set; } = cursor.Offset;

    public EventCursor Cursor => new(Seq, Offset);

    /// <summary>Whether nothing comes any more: the turn's outcome was taken, or the turn has ended before this place.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether something that came did not fit, so that something before it is missing.</summary>
    public bool HasGap { get; private set; }

    /// <summary>Takes from a record of events, in order, what follows; the record may skip numbers, but not text.</summary>
    public void TakeRecord(IEnumerable<TurnEvent> record, List<TurnEvent> taken)
    {
        HasGap = false;
        foreach (var turnEvent in record)
        {
            Take(turnEvent, taken, maySkip: true);
        }
    }

    /// <summary>Takes from what was announced, in order, what follows without a gap.</summary>
    public void TakeAnnounced(List<TurnEvent> announced, List<TurnEvent> taken)
    {
        HasGap = false;
        foreach (var turnEvent in announced)
        {
            Take(turnEvent, taken, maySkip: false);
        }
    }

    /// <summary>Takes the rest of a turn that has ended, whatever it makes of this place: there will be nothing else.</summary>
    public void TakeEnd(TurnRow ended, List<TurnEvent> taken)
    {
        taken.AddRange(StoredTurnEvents.After(Cursor, ended));
        End();
    }

    public void End()
    {
        HasGap = false;
        HasEnded = true;
    }

    private void Take(TurnEvent turnEvent, List<TurnEvent> taken, bool maySkip)
    {
        if (HasEnded || turnEvent.Seq <= Seq)
        {
            return;
        }

        // A cleared text begins at 0, whatever was there before and however much of that was missed.
        var clears = turnEvent.Clears;
        if (!clears && (turnEvent.Start != Offset || (!maySkip && turnEvent.Seq != Seq + 1)))
        {
            HasGap = true;
            return;
        }

        HasGap = false;
        Volatile.Write(ref _seq, turnEvent.Seq);
        if (turnEvent.Type == TurnEventTypes.Restarted && Offset == 0)
        {
            // Nothing to clear: a worker that died before its first word is no news to a reader.
            return;
        }

        Offset = turnEvent.Offset;
        HasEnded = turnEvent.IsTerminal;
        taken.Add(turnEvent);
    }
}
