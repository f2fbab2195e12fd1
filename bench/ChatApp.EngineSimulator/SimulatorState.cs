using System.Collections.Concurrent;

namespace ChatApp.EngineSimulator;

/// <summary>What the simulator has done: the judge's view of the engine.</summary>
internal sealed class SimulatorState
{
    // Who asks for more than this in one run does not look at single calls.
    private const int MaxIds = 200_000;

    private readonly ConcurrentDictionary<string, List<int>> _calls = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _active;
    private int _peak;
    private long _started;
    private long _finished;
    private long _aborted;
    private long _badPrefixes;

    public SimulatorReport Report
    {
        get
        {
            lock (_gate)
            {
                return new SimulatorReport(_active, _started, _finished, _aborted, _badPrefixes, _peak);
            }
        }
    }

    /// <summary>Notes a call for an id.</summary>
    /// <returns>How many there have been, this one included.</returns>
    public int Called(string? id, int prefixLength)
    {
        if (id is null || (_calls.Count >= MaxIds && !_calls.ContainsKey(id)))
        {
            return 1;
        }

        var calls = _calls.GetOrAdd(id, static _ => []);
        lock (calls)
        {
            calls.Add(prefixLength);
            return calls.Count;
        }
    }

    /// <summary>The calls for an id.</summary>
    public SimulatorCalls CallsFor(string id)
    {
        if (!_calls.TryGetValue(id, out var calls))
        {
            return new SimulatorCalls(id, 0, []);
        }

        lock (calls)
        {
            return new SimulatorCalls(id, calls.Count, [.. calls]);
        }
    }

    public void Started()
    {
        lock (_gate)
        {
            _started++;
            _peak = Math.Max(_peak, ++_active);
        }
    }

    /// <summary>Notes an end.</summary>
    /// <param name="aborted">Whether the caller left before it.</param>
    public void Ended(bool aborted)
    {
        lock (_gate)
        {
            _active--;
            if (aborted)
            {
                _aborted++;
            }
            else
            {
                _finished++;
            }
        }
    }

    public void RefusedPrefix()
    {
        lock (_gate)
        {
            _badPrefixes++;
        }
    }
}
