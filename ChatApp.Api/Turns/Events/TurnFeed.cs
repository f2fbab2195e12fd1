using StackExchange.Redis;

namespace ChatApp.Api.Turns.Events;

/// <summary>
/// One turn that is followed in this process, by however many. It keeps what was announced for as long as one of its
/// followers has not taken it, within a bound: one that is slower than that finds the rest in the log.
/// </summary>
internal sealed class TurnFeed(Guid turnId, TimeProvider time)
{
    private const int TailCapacity = 128;
    private const int EarlyCapacity = 32;

    private static readonly TimeSpan MissingPatience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly List<TurnFollower> _followers = [];
    private readonly List<TurnEvent> _tail = [];
    private List<TurnEvent>? _early;
    private TurnLook? _look;
    private int _looks;
    private long _newest;
    private long _known;
    private long _quietSince = time.GetTimestamp();
    private long _lookedAt = time.GetTimestamp() - time.TimestampFrequency;
    private bool _isAsked;
    private bool _hasEnded;

    public Guid TurnId { get; } = turnId;

    public RedisChannel Channel { get; } = new(TurnEventLog.Channel(turnId), RedisChannel.PatternMode.Literal);

    /// <summary>Ends when announcements arrive, or Redis is away.</summary>
    public Task Subscribed { get; set; } = Task.CompletedTask;

    public void Add(TurnFollower follower)
    {
        lock (_gate)
        {
            _followers.Add(follower);
        }
    }

    /// <returns>Whether nobody is left.</returns>
    public bool Remove(TurnFollower follower)
    {
        lock (_gate)
        {
            return _followers.Remove(follower) && _followers is [];
        }
    }

    /// <summary>Takes an announcement. One that comes before its predecessor waits for it.</summary>
    public void Receive(RedisChannel channel, RedisValue message)
    {
        if (TurnEvent.Parse(message) is { } turnEvent)
        {
            Receive(turnEvent);
        }
    }

    public void Receive(TurnEvent turnEvent)
    {
        lock (_gate)
        {
            _quietSince = time.GetTimestamp();
            if (turnEvent.Seq <= _newest)
            {
                return;
            }

            if (!IsNext(turnEvent))
            {
                HoldBack(turnEvent);
                return;
            }

            Append(turnEvent);
            AppendEarly();
            DropTaken();
            WakeFollowers();
        }
    }

    /// <summary>Says that a reader here has had, from the log or Postgres, everything up to this event.</summary>
    public void Heard(long seq)
    {
        lock (_gate)
        {
            _known = Math.Max(_known, seq);
        }
    }

    /// <summary>Asks for a look, because a reader misses something that nobody will announce again.</summary>
    public void AskForLook()
    {
        lock (_gate)
        {
            _isAsked = true;
        }
    }

    /// <summary>Gives a reader what it has not had yet: what was announced, and what a look found.</summary>
    /// <param name="position">The reader's place.</param>
    /// <param name="looks">How many looks it has had; updated.</param>
    /// <param name="taken">Where events are added.</param>
    /// <returns>The newest look, if the reader has not had it and is not whole without it.</returns>
    public TurnLook? Take(ReaderPosition position, ref int looks, List<TurnEvent> taken)
    {
        lock (_gate)
        {
            position.TakeAnnounced(_tail, taken);
            var look = looks != _looks && !position.HasEnded ? _look : null;
            looks = _looks;
            if (look is null && _hasEnded && position.Seq >= _newest)
            {
                // A place beyond the end was made up: nothing comes after it.
                position.End();
            }

            return look;
        }
    }

    /// <summary>Whether somebody should look after this turn: it was silent for longer than <paramref name="patience"/>, or misses something.</summary>
    /// <param name="patience">How long a turn may be silent.</param>
    /// <param name="isMissing">Whether it misses something, rather than being silent.</param>
    /// <param name="known">The newest event that its readers have had.</param>
    public bool NeedsLook(TimeSpan patience, out bool isMissing, out long known)
    {
        lock (_gate)
        {
            if (_look is { IsFinal: false })
            {
                _look = null;
            }

            // What the last look did not bring takes the worker's next checkpoint.
            isMissing = (_isAsked || _early is not null and not []) && time.GetElapsedTime(_lookedAt) >= MissingPatience;
            known = Math.Max(_known, _newest);
            return isMissing || (!_hasEnded && time.GetElapsedTime(_quietSince) >= patience);
        }
    }

    /// <summary>Says that a look found nothing new.</summary>
    public void ShowNothing()
    {
        lock (_gate)
        {
            _quietSince = time.GetTimestamp();
        }
    }

    /// <summary>Shows all readers what a look found.</summary>
    public void Show(TurnLook look)
    {
        lock (_gate)
        {
            _look = look;
            _looks++;
            _isAsked = false;
            _hasEnded |= look.IsFinal;
            _lookedAt = _quietSince = time.GetTimestamp();
            _known = Math.Max(_known, look.Newest);
            _newest = Math.Max(_newest, look.Newest);
            _early?.RemoveAll(e => e.Seq <= _newest);
            AppendEarly();
            WakeFollowers();
        }
    }

    private bool IsNext(TurnEvent turnEvent) =>
        _newest == 0 || turnEvent.Seq == _newest + 1 || turnEvent.Clears;

    private void Append(TurnEvent turnEvent)
    {
        turnEvent.Frames = new EventFrames();
        _tail.Add(turnEvent);
        _newest = turnEvent.Seq;
        _hasEnded |= turnEvent.IsTerminal;
    }

    private void HoldBack(TurnEvent turnEvent)
    {
        _early ??= [];
        if (_early.Count < EarlyCapacity && _early.TrueForAll(e => e.Seq != turnEvent.Seq))
        {
            _early.Add(turnEvent);
            _early.Sort(static (a, b) => a.Seq.CompareTo(b.Seq));
        }
    }

    private void AppendEarly()
    {
        while (_early is [var first, ..] && IsNext(first))
        {
            _early.RemoveAt(0);
            Append(first);
        }
    }

    private void DropTaken()
    {
        var slowest = long.MaxValue;
        foreach (var follower in _followers)
        {
            slowest = Math.Min(slowest, follower.Seq);
        }

        var taken = 0;
        while (taken < _tail.Count && (_tail[taken].Seq <= slowest || _tail.Count - taken > TailCapacity))
        {
            taken++;
        }

        _tail.RemoveRange(0, taken);
    }

    private void WakeFollowers()
    {
        foreach (var follower in _followers)
        {
            follower.Wake();
        }
    }
}
