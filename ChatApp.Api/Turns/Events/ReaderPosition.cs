namespace ChatApp.Api.Turns.Events;

/// <summary>Where a reader is, and the rule for what may come next: only what continues its text exactly.</summary>
internal sealed class ReaderPosition(EventCursor cursor)
{
    public long Seq { get; private set; } = cursor.Seq;

    public int Offset { get; private set; } = cursor.Offset;

    public EventCursor Cursor => new(Seq, Offset);

    /// <summary>Whether the turn's outcome was taken: nothing comes after it.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether something that came did not fit, so that something before it is missing.</summary>
    public bool HasGap { get; private set; }

    /// <summary>Takes from a record of events, in order, what follows; the record may skip numbers, but not text.</summary>
    public List<TurnEvent> TakeAll(IEnumerable<TurnEvent> events)
    {
        var taken = new List<TurnEvent>();
        HasGap = false;
        foreach (var turnEvent in events)
        {
            Take(turnEvent, taken, maySkip: true);
        }

        return taken;
    }

    /// <summary>Adds an announced event to <paramref name="taken"/> if it is the very next one. One that was had already is not a gap.</summary>
    public void Take(TurnEvent turnEvent, List<TurnEvent> taken) => Take(turnEvent, taken, maySkip: false);

    private void Take(TurnEvent turnEvent, List<TurnEvent> taken, bool maySkip)
    {
        if (HasEnded || turnEvent.Seq <= Seq)
        {
            return;
        }

        // A cleared text begins at 0, whatever was there before.
        var continues = turnEvent.Start == Offset || turnEvent.Type == TurnEventTypes.Restarted;
        if (!continues || (!maySkip && turnEvent.Seq != Seq + 1))
        {
            HasGap = true;
            return;
        }

        Seq = turnEvent.Seq;
        Offset = turnEvent.Offset;
        HasEnded = turnEvent.IsTerminal;
        taken.Add(turnEvent);
    }
}
