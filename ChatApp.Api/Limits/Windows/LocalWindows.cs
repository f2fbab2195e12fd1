namespace ChatApp.Api.Limits.Windows;

/// <summary>The same rules in this process alone, for while Redis is away.</summary>
internal sealed class LocalWindows(TimeProvider time)
{
    // Beyond these, whoever is new shares one window: a flood of addresses takes neither memory nor everybody's share.
    private const int MaxSubjects = 20_000;
    private const string Others = "others";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Times> _subjects = new(StringComparer.Ordinal);

    public LimitVerdict Take(IReadOnlyList<LimitRule> rules)
    {
        lock (_gate)
        {
            var now = time.GetElapsedTime(0);
            var windows = rules.Select(Find).ToList();
            var states = rules.Select((rule, i) => State(rule, windows[i], now)).ToList();
            if (states.Exists(static s => s.Wait > TimeSpan.Zero))
            {
                return new LimitVerdict(false, states);
            }

            for (var i = 0; i < states.Count; i++)
            {
                windows[i].Passed.AddLast(now);
                states[i] = states[i] with { Count = states[i].Count + 1, Reset = states[i].Count == 0 ? rules[i].Window : states[i].Reset };
            }

            return new LimitVerdict(true, states);
        }
    }

    public void Forget(string subject)
    {
        lock (_gate)
        {
            _subjects.Remove(subject);
        }
    }

    public void GiveBack(string subject)
    {
        lock (_gate)
        {
            if (_subjects.TryGetValue(subject, out var times) && times.Passed.Last is not null)
            {
                times.Passed.RemoveLast();
            }
        }
    }

    private static LimitState State(LimitRule rule, Times times, TimeSpan now)
    {
        times.Window = rule.Window;
        var passed = times.Passed;
        while (passed.First is { } first && first.Value <= now - rule.Window)
        {
            passed.RemoveFirst();
        }

        var count = passed.Count;
        var wait = TimeSpan.Zero;
        if (count >= rule.Limit)
        {
            wait = passed.ElementAt(count - rule.Limit) + rule.Window - now;
        }
        else if (count >= rule.Free && passed.Last!.Value + (rule.Pause * Math.Pow(2, count - rule.Free)) - now is var pause && pause > TimeSpan.Zero)
        {
            wait = pause;
        }

        return new LimitState(rule, count, wait, passed.First is { } oldest ? oldest.Value + rule.Window - now : TimeSpan.Zero);
    }

    private Times Find(LimitRule rule)
    {
        if (_subjects.TryGetValue(rule.Subject, out var found))
        {
            return found;
        }

        if (_subjects.Count >= MaxSubjects)
        {
            Sweep();
        }

        var subject = _subjects.Count < MaxSubjects ? rule.Subject : Others;
        return _subjects.TryGetValue(subject, out var shared) ? shared : _subjects[subject] = new Times();
    }

    private void Sweep()
    {
        var now = time.GetElapsedTime(0);
        foreach (var (subject, times) in _subjects)
        {
            if (times.Passed.Last is not { } last || last.Value <= now - times.Window)
            {
                _subjects.Remove(subject);
            }
        }
    }

    private sealed class Times
    {
        public LinkedList<TimeSpan> Passed { get; } = [];

        public TimeSpan Window { get; set; }
    }
}
