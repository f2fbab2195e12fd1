using System.Collections.Concurrent;
using System.Globalization;
using ChatApp.Faults.Judging;

namespace ChatApp.Bench.Soak;

/// <summary>What a soak has seen so far. Turns are counted when they have ended and were judged.</summary>
internal sealed class SoakCounts
{
    private const int MaxKept = 50;

    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _accepted = [];
    private readonly ConcurrentQueue<Violation> _violations = new();
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private int _answered;
    private int _cancelled;
    private int _broken;
    private int _resumed;
    private int _continued;
    private int _restarted;
    private int _repeated;
    private TimeSpan _worstGap;

    public int Lost { get; private set; }

    public int Duplicated { get; private set; }

    public bool IsClean => _broken == 0 && Lost == 0 && Duplicated == 0;

    public IEnumerable<Violation> Violations => _violations.Take(MaxKept);

    public IReadOnlyCollection<Guid> AcceptedTurns
    {
        get
        {
            lock (_gate)
            {
                return [.. _accepted];
            }
        }
    }

    public void Accepted(Guid turn)
    {
        lock (_gate)
        {
            _accepted.Add(turn);
        }
    }

    /// <summary>Notes that a key was posted again on purpose.</summary>
    public void Repeated() => Interlocked.Increment(ref _repeated);

    public void Add(IEnumerable<Violation> violations)
    {
        foreach (var violation in violations)
        {
            Interlocked.Increment(ref _broken);
            if (_violations.Count < MaxKept)
            {
                _violations.Enqueue(violation);
            }
        }
    }

    public void Ended(TurnHistory turn, StoredTurn stored)
    {
        lock (_gate)
        {
            _answered += stored.Status is "completed" ? 1 : 0;
            _cancelled += stored.Status is "cancelled" ? 1 : 0;
            _continued += stored is { Status: "completed", Attempt: > 1 } ? 1 : 0;
            foreach (var reader in turn.Readers)
            {
                _resumed += reader.Connections - 1;
                _restarted += reader.Restarts;
                _worstGap = _worstGap > reader.WorstGap ? _worstGap : reader.WorstGap;
            }
        }

        if (stored.Status is "failed")
        {
            _failures.AddOrUpdate(stored.ErrorCode ?? "unknown", 1, static (_, count) => count + 1);
        }
    }

    /// <summary>Compares what was accepted with what is stored, at the very end.</summary>
    public void Compare(IReadOnlySet<Guid> stored)
    {
        var accepted = AcceptedTurns;
        Lost = accepted.Count(t => !stored.Contains(t));
        Duplicated = stored.Count - (accepted.Count - Lost);
    }

    public override string ToString()
    {
        lock (_gate)
        {
            var failed = _failures.Values.Sum();
            var reasons = failed == 0 ? "" : $" ({string.Join(", ", _failures.Select(static f => $"{f.Key} {f.Value}"))})";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"accepted {_accepted.Count}, answered {_answered}, cancelled {_cancelled}, failed {failed}{reasons}, lost {Lost}, duplicated {Duplicated}, keys repeated {_repeated}, readers resumed {_resumed}, continued by another attempt {_continued}, restarted {_restarted}, worst gap {_worstGap.TotalSeconds:0.0} s, broken promises {_broken}");
        }
    }
}
