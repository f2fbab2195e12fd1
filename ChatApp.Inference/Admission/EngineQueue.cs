namespace ChatApp.Inference.Admission;

/// <summary>
/// The places of one engine, and the calls that wait for one. While places are free and nobody waits a call enters at once; else callers take
/// turns by the tokens that they were given, so that one with many calls, or with long ones, does not keep the others waiting.
/// </summary>
/// <remarks>
/// Start-time fair queueing (Goyal, Vin, Cheng: "Start-time Fair Queuing", 1996) with several calls at once (SFQ(D): Jin, Chase, Kaur,
/// "Interposed Proportional Sharing for a Storage Service Utility", 2004): a caller's first call has the start tag max(virtual time, the
/// caller's last finish tag), a finish tag is the start tag and the call's tokens, and the virtual time is the start tag of whoever entered
/// last. Thread-safe; the lock is held for tens of nanoseconds, and for a walk over the callers that wait when a place becomes free.
/// </remarks>
internal sealed class EngineQueue(int slots, QueueBounds bounds)
{
    // Newer service times count more: after ten calls the older ones have a third of the weight left.
    private const double Newest = 0.1;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CallerTurns> _callers = new(StringComparer.Ordinal);
    private readonly List<CallerTurns> _waiting = [];
    private int _slots = slots;
    private int _inFlight;
    private int _queued;
    private long _tokens;
    private long _virtualTime;
    private double _serviceSeconds;

    /// <summary>How many calls it answers at once.</summary>
    public int Slots => Volatile.Read(ref _slots);

    /// <summary>Calls that have a place.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Calls that wait.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Tokens of both, expected answers included.</summary>
    public long Tokens => Volatile.Read(ref _tokens);

    /// <summary>When one more call would get a place, by how long calls have lately held theirs; zero before any has ended.</summary>
    public TimeSpan ExpectedWait => TimeSpan.FromSeconds((Queued + 1) * Volatile.Read(ref _serviceSeconds) / Slots);

    /// <summary>Asks for a place.</summary>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="tokens">What the call is expected to take.</param>
    /// <param name="waiting">The waiting call where the answer is <see cref="Admittance.Waiting"/>.</param>
    /// <returns>That it entered, waits, or why it may not wait.</returns>
    public Admittance Enter(string caller, int tokens, out WaitingCall? waiting)
    {
        waiting = null;
        lock (_gate)
        {
            if (_queued == 0 && _inFlight < _slots)
            {
                _inFlight++;
                _tokens += tokens;
                return Admittance.Entered;
            }

            if (_queued >= bounds.Calls)
            {
                return Admittance.QueueFull;
            }

            var turns = _callers.GetValueOrDefault(caller);
            if (turns?.Calls.Count >= bounds.CallsPerCaller && caller.Length > 0)
            {
                return Admittance.CallerFull;
            }

            waiting = Join(turns ?? Meet(caller), tokens);
            return Admittance.Waiting;
        }
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="tokens">As when it entered.</param>
    /// <param name="held">For how long it had the place.</param>
    public void Leave(int tokens, TimeSpan held)
    {
        lock (_gate)
        {
            _inFlight--;
            _tokens -= tokens;
            _serviceSeconds = _serviceSeconds == 0 ? held.TotalSeconds : _serviceSeconds + (Newest * (held.TotalSeconds - _serviceSeconds));
            FillPlaces();
        }
    }

    /// <summary>Changes how many calls may be answered at once; those that have a place keep it.</summary>
    public void Resize(int places)
    {
        lock (_gate)
        {
            _slots = places;
            FillPlaces();
        }
    }

    /// <summary>Sends all that wait elsewhere.</summary>
    public void SendAway()
    {
        lock (_gate)
        {
            foreach (var caller in _waiting)
            {
                foreach (var call in caller.Calls)
                {
                    _tokens -= call.Tokens;
                    call.SetResult(Admittance.EngineGone);
                }

                caller.Calls.Clear();
            }

            _queued = 0;
            ForgetAll();
        }
    }

    /// <summary>Takes a call out of the queue, unless it is not in it any more.</summary>
    public void GiveUp(WaitingCall call, Admittance reason)
    {
        lock (_gate)
        {
            // A caller's calls are few, and giving up is rare.
            if (!call.Task.IsCompleted && call.Caller.Calls.Remove(call))
            {
                _queued--;
                _tokens -= call.Tokens;
                if (call.Caller.Calls.Count == 0)
                {
                    _waiting.Remove(call.Caller);
                }

                ForgetWhoIsEven();
                call.SetResult(reason);
            }
        }
    }

    private CallerTurns Meet(string caller)
    {
        var turns = new CallerTurns(caller);
        _callers.Add(caller, turns);
        return turns;
    }

    private WaitingCall Join(CallerTurns caller, int tokens)
    {
        var call = new WaitingCall(this, caller, tokens);
        if (caller.Calls.Count == 0)
        {
            caller.Start = Math.Max(_virtualTime, caller.Finish);
            _waiting.Add(caller);
        }

        caller.Calls.AddLast(call);
        _queued++;
        _tokens += tokens;
        return call;
    }

    private void FillPlaces()
    {
        while (_queued > 0 && _inFlight < _slots)
        {
            var caller = Next();
            var call = caller.Calls.First!.Value;
            caller.Calls.RemoveFirst();
            _queued--;
            _inFlight++;
            _virtualTime = caller.Start;
            caller.Finish = caller.Start + call.Tokens;
            caller.Start = caller.Finish;
            if (caller.Calls.Count == 0)
            {
                _waiting.Remove(caller);
            }

            ForgetWhoIsEven();
            call.SetResult(Admittance.Entered);
        }
    }

    // A walk, since those that wait are few: no more than the queue is long.
    private CallerTurns Next()
    {
        var next = _waiting[0];
        foreach (var caller in _waiting)
        {
            if (caller.Start < next.Start)
            {
                next = caller;
            }
        }

        return next;
    }

    // A caller without calls is remembered for what it was given ahead of the others, until they have caught up or nobody waits.
    private void ForgetWhoIsEven()
    {
        if (_queued == 0)
        {
            ForgetAll();
        }
        else if (_callers.Count > 2 * (_waiting.Count + 32))
        {
            foreach (var (name, caller) in _callers)
            {
                if (caller.Calls.Count == 0 && caller.Finish <= _virtualTime)
                {
                    _callers.Remove(name);
                }
            }
        }
    }

    private void ForgetAll()
    {
        _callers.Clear();
        _waiting.Clear();
        _virtualTime = 0;
    }
}
