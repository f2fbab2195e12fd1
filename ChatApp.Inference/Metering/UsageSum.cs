namespace ChatApp.Inference.Metering;

/// <summary>The sum of one key. Its lock is held for an addition only, and calls of other keys have others.</summary>
internal sealed class UsageSum
{
    private readonly Lock _lock = new();
    private UsageAmounts _amounts;
    private bool _isRetired;

    /// <summary>What it is now.</summary>
    public UsageAmounts Current
    {
        get
        {
            lock (_lock)
            {
                return _amounts;
            }
        }
    }

    /// <summary>Adds; false when it is no longer in the ledger.</summary>
    public bool TryAdd(in UsageAmounts amounts)
    {
        lock (_lock)
        {
            if (!_isRetired)
            {
                _amounts += amounts;
            }

            return !_isRetired;
        }
    }

    /// <summary>Takes what there is and begins anew. One that has nothing is of no more use: nothing can be added to it from now on.</summary>
    public UsageAmounts Take()
    {
        lock (_lock)
        {
            var taken = _amounts;
            _amounts = default;
            _isRetired = taken.Requests == 0;
            return taken;
        }
    }
}
