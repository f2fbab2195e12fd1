namespace ChatApp.Inference.Metering;

/// <summary>
/// What one caller used on one day: the database's total as it was last read, what this process has not written yet, and what its calls under
/// way are expected to take. All of it under one lock, so that within a process no two calls are let in on the same remainder.
/// </summary>
internal sealed class BudgetAccount(DateOnly day, string caller)
{
    private readonly Lock _lock = new();
    private BudgetUse _stored;
    private BudgetUse _unwritten;
    private BudgetUse _expected;
    private long? _readAt;
    private long _askedAt;
    private bool _isRetired;

    public DateOnly Day { get; } = day;

    public string Caller { get; } = caller;

    /// <summary>When its total was last read, in the clock's timestamps; null before it ever was.</summary>
    public long? ReadAt
    {
        get
        {
            lock (_lock)
            {
                return _readAt;
            }
        }
    }

    /// <summary>When a call last asked for it, in the clock's timestamps.</summary>
    public long AskedAt
    {
        get
        {
            lock (_lock)
            {
                return _askedAt;
            }
        }
    }

    /// <summary>What was used, without the calls under way.</summary>
    public BudgetUse Used
    {
        get
        {
            lock (_lock)
            {
                return _stored + _unwritten;
            }
        }
    }

    /// <summary>
    /// Lets a call in while anything of the budget is left; what it is expected to take is left out for those after it. So a budget is
    /// overdrawn by one call at most, and by what calls take beyond what was expected.
    /// </summary>
    /// <returns>Null when the call may go on, which then must be ended with <see cref="End"/>; else what is used and what is expected.</returns>
    public (BudgetUse Used, BudgetUse Expected)? TryBegin(BudgetLimit limit, BudgetUse expected, bool hasPrice)
    {
        lock (_lock)
        {
            var used = _stored + _unwritten;
            if (limit.IsReachedBy(used + _expected, hasPrice))
            {
                return (used, _expected);
            }

            _expected += expected;
            return null;
        }
    }

    /// <summary>Ends a call: what it took stands in place of what was expected.</summary>
    public void End(BudgetUse expected, BudgetUse taken)
    {
        lock (_lock)
        {
            _expected -= expected;
            _unwritten += taken;
        }
    }

    /// <summary>Notes that something of it was written to the database.</summary>
    public void Written(BudgetUse use)
    {
        lock (_lock)
        {
            _unwritten -= use;
            _stored += use;
        }
    }

    /// <summary>Notes the database's total, unless a newer one is known: an older may lack what has been noted as written since.</summary>
    /// <param name="total">The total.</param>
    /// <param name="at">When it was asked for, or when everything written before was noted; in the clock's timestamps.</param>
    public void Read(BudgetUse total, long at)
    {
        lock (_lock)
        {
            if (_readAt is null || at >= _readAt)
            {
                _stored = total;
                _readAt = at;
            }
        }
    }

    /// <summary>Holds on to it for a call; false when it is no longer among the accounts.</summary>
    public bool TryHold(long at)
    {
        lock (_lock)
        {
            _askedAt = at;
            return !_isRetired;
        }
    }

    /// <summary>Lets go of it when nothing would be lost: no call under way, and all written.</summary>
    public bool TryRetire(long askedBefore)
    {
        lock (_lock)
        {
            return _isRetired |= _askedAt < askedBefore && _unwritten == default && _expected == default;
        }
    }
}
