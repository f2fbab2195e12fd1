namespace ChatApp.Api.Turns.Events;

/// <summary>
/// One reader's way through one turn, from a cursor to the end, without a gap and without a repetition, from whatever
/// there is: Postgres for what is saved, the log for what came since, and what is announced from then on.
/// </summary>
internal sealed class TurnFollower : IDisposable
{
    private readonly TurnFeeds _feeds;
    private readonly TurnFeed? _feed;
    private readonly TurnEventLog _log;
    private readonly ReaderSignal _signal;
    private readonly ReaderPosition _position;
    private readonly Guid _messageId;
    private List<TurnEvent>? _stored;
    private int _looks;
    private bool _isBehind = true;
    private bool _isAsking;

    /// <param name="turn">The turn as it is stored now.</param>
    /// <param name="cursor">Where the reader is.</param>
    /// <param name="feed">What is announced of the turn; null when it has ended.</param>
    /// <param name="feeds">Whom to tell when the reader has gone.</param>
    /// <param name="log">The log of all turns.</param>
    /// <param name="signal">Woken when there may be something to read.</param>
    public TurnFollower(TurnRow turn, EventCursor cursor, TurnFeed? feed, TurnFeeds feeds, TurnEventLog log, ReaderSignal signal)
    {
        (_feed, _feeds, _log, _signal) = (feed, feeds, log, signal);
        _position = new ReaderPosition(cursor);
        _messageId = turn.AssistantMessageId;
        _stored = [];
        if (turn.HasEnded)
        {
            _position.TakeEnd(turn, _stored);
        }
        else
        {
            _position.TakeRecord(StoredTurnEvents.After(cursor, turn), _stored);
        }
    }

    /// <summary>The number of the newest event that the reader has taken.</summary>
    public long Seq => _position.Seq;

    /// <summary>Whether everything was read and nothing comes any more.</summary>
    public bool HasEnded => _position.HasEnded && _stored is null;

    public void Wake() => _signal.Wake();

    /// <summary>
    /// Adds to <paramref name="batch"/> what came since the last time, a bounded number of events. Nothing, when nothing
    /// came: then the signal tells when to ask again.
    /// </summary>
    public ValueTask ReadAsync(List<TurnEvent> batch)
    {
        if (_stored is { } stored)
        {
            _stored = null;
            batch.AddRange(stored);
            Heard(stored);
        }

        if (batch is not [] || _feed is null || _position.HasEnded)
        {
            return ValueTask.CompletedTask;
        }

        if (!_isBehind)
        {
            TakeAnnounced(batch);
            _isBehind = _position.HasGap && !_isAsking && batch is [];
        }

        return _isBehind ? ReadLogAsync(batch) : ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        if (_feed is not null)
        {
            _feeds.Leave(_feed, this);
        }
    }

    private async ValueTask ReadLogAsync(List<TurnEvent> batch)
    {
        var page = await _log.ReadPageAsync(_feed!.TurnId, _position.Seq + 1);
        _position.TakeRecord(page?.Events ?? [], batch);
        Heard(batch);
        _isBehind = page is { IsLast: false } && batch is not [];
        if (!_isBehind && !_position.HasEnded)
        {
            TakeAnnounced(batch);
        }

        if (_position.HasGap && !_isBehind && !_isAsking)
        {
            // Neither announced nor in the log: Postgres has it, or will at the next checkpoint.
            _isAsking = true;
            _feed.AskForLook();
        }
    }

    private void TakeAnnounced(List<TurnEvent> batch)
    {
        if (_feed!.Take(_position, ref _looks, batch) is not { } look)
        {
            return;
        }

        _isAsking = false;
        switch (look.Stored)
        {
            case null:
                batch.Add(StoredTurnEvents.Gone(_messageId, _position.Cursor));
                _position.End();
                return;
            case { HasEnded: true } ended:
                _position.TakeEnd(ended, batch);
                return;
            case var running:
                _position.TakeRecord(StoredTurnEvents.After(_position.Cursor, running), batch);
                _position.TakeRecord(look.Logged ?? [], batch);
                _feed.Take(_position, ref _looks, batch);
                break;
        }

        if (_position.HasGap)
        {
            _isAsking = true;
            _feed.AskForLook();
        }
    }

    private void Heard(List<TurnEvent> taken)
    {
        if (taken is [.., var last])
        {
            _feed?.Heard(last.Seq);
        }
    }
}
