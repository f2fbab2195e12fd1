using System.Text.Json;
using ChatApp.Api.Moderation;

namespace ChatApp.Api.Turns.Events;

/// <summary>The events of a turn as far as Postgres alone can tell them: for finished turns, and where the log is gone.</summary>
internal static class StoredTurnEvents
{
    public static TurnEvent Accepted(TurnRow turn) => new(1, 0, 0, TurnEventTypes.Accepted, JsonSerializer.Serialize(
        new AcceptedData(turn.Id, turn.UserMessageId, turn.AssistantMessageId), TurnEventJson.Compact.AcceptedData));

    /// <summary>What a reader at <paramref name="cursor"/> has not had yet, in order.</summary>
    public static List<TurnEvent> After(EventCursor cursor, TurnRow turn)
    {
        var events = new List<TurnEvent>();
        if (turn.HasEnded && cursor.Seq >= turn.EventSeq)
        {
            return events;
        }

        if (cursor.Seq < 1)
        {
            events.Add(Accepted(turn));
        }

        var recall = cursor.Seq < turn.RecallSeq ? turn.Recall : null;
        if (recall is not null && turn.RecallSeq < turn.RestartSeq)
        {
            events.Add(Recalled(turn.RecallSeq, cursor.Offset, recall));
            recall = null;
        }

        var offset = Math.Min(cursor.Offset, turn.Text.Length);
        if (cursor.Seq < turn.RestartSeq)
        {
            // What the reader has belongs to an attempt whose text was dropped.
            offset = 0;
            if (turn.Moderated is { } moderated)
            {
                events.Add(new TurnEvent(turn.RestartSeq, 0, 0, TurnEventTypes.Moderated, moderated));
            }
            else if (cursor.Offset > 0)
            {
                events.Add(new TurnEvent(turn.RestartSeq, 0, 0, TurnEventTypes.Restarted, "{}"));
            }
        }

        // A finished turn ends with its usage, where there is one, and its outcome; the text came before them.
        var ending = !turn.HasEnded ? 0 : turn.Usage is null ? 1 : 2;
        // Only a made-up cursor points into a pair.
        if (offset > 0 && offset < turn.Text.Length && char.IsLowSurrogate(turn.Text[offset]) && char.IsHighSurrogate(turn.Text[offset - 1]))
        {
            offset--;
        }

        if (recall is not null)
        {
            // A text that the answer began with came before it.
            var begun = Math.Min(turn.RecallOffset, turn.Text.Length);
            if (offset < begun)
            {
                events.Add(Delta(turn.RecallSeq - 1, offset, turn.Text[offset..begun]));
                offset = begun;
            }

            events.Add(Recalled(turn.RecallSeq, offset, recall));
        }

        if (offset < turn.Text.Length)
        {
            events.Add(Delta(turn.EventSeq - ending, offset, turn.Text[offset..]));
        }

        if (ending == 2 && cursor.Seq < turn.EventSeq - 1)
        {
            events.Add(Usage(turn.EventSeq - 1, turn.Text.Length, turn.Usage!));
        }

        if (ending > 0)
        {
            events.Add(Ending(turn));
        }

        return events;
    }

    public static TurnEvent Delta(long seq, int start, string text) => new(
        seq, start, start + text.Length, TurnEventTypes.Delta, JsonSerializer.Serialize(new DeltaData(text), TurnEventJson.Compact.DeltaData));

    /// <summary>What was recalled, which adds nothing to the text.</summary>
    /// <param name="seq">The event's number.</param>
    /// <param name="offset">How long the answer is.</param>
    /// <param name="recall">A <see cref="TurnRecall"/> as JSON, however the database writes it.</param>
    public static TurnEvent Recalled(long seq, int offset, string recall) => Recalled(
        seq, offset, JsonSerializer.Deserialize(recall, TurnEventJson.Compact.TurnRecall) ?? TurnRecall.None);

    public static TurnEvent Recalled(long seq, int offset, TurnRecall recall) => new(
        seq, offset, offset, TurnEventTypes.Recalled, JsonSerializer.Serialize(recall, TurnEventJson.Compact.TurnRecall));

    /// <summary>What is told of a text that is taken away.</summary>
    public static string ModeratedData(ModerationCategory? category, string notice) =>
        JsonSerializer.Serialize(new ModeratedData(ModerationAction.Block, category, notice), TurnEventJson.Compact.ModeratedData);

    /// <summary>The text that a delta appends.</summary>
    public static string DeltaText(TurnEvent delta) =>
        JsonSerializer.Deserialize(delta.Data, TurnEventJson.Compact.DeltaData)?.Text ?? "";

    public static TurnEvent Usage(long seq, int offset, TurnUsage usage) => new(
        seq, offset, offset, TurnEventTypes.Usage, JsonSerializer.Serialize(usage, TurnEventJson.Compact.TurnUsage));

    /// <summary>The end of a turn that was deleted together with its conversation.</summary>
    public static TurnEvent Gone(Guid messageId, EventCursor cursor) => new(
        cursor.Seq + 1, cursor.Offset, cursor.Offset, TurnEventTypes.Cancelled, JsonSerializer.Serialize(
            new CancelledData(messageId), TurnEventJson.Compact.CancelledData));

    private static TurnEvent Ending(TurnRow turn)
    {
        var (type, data) = turn.Status switch
        {
            TurnStatus.Completed => (TurnEventTypes.Completed, JsonSerializer.Serialize(
                new CompletedData(turn.FinishReason ?? "stop", turn.AssistantMessageId), TurnEventJson.Compact.CompletedData)),
            TurnStatus.Cancelled => (TurnEventTypes.Cancelled, JsonSerializer.Serialize(
                new CancelledData(turn.AssistantMessageId), TurnEventJson.Compact.CancelledData)),
            _ => (TurnEventTypes.Failed, JsonSerializer.Serialize(
                new FailedData(turn.ErrorCode ?? "failed", Running.TurnFailure.Title, turn.ErrorDetail ?? ""), TurnEventJson.Compact.FailedData)),
        };
        return new TurnEvent(turn.EventSeq, turn.Text.Length, turn.Text.Length, type, data);
    }
}
