namespace ChatApp.EngineSimulator;

/// <summary>One clock for all answers: a ring of short moments, each with the answers that have something to say then.</summary>
internal sealed class TokenWheel(TimeProvider time) : BackgroundService
{
    private const int Slots = 2048;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly List<(long Tick, AnswerStream Stream)>[] _slots = [.. Enumerable.Range(0, Slots).Select(static _ => new List<(long, AnswerStream)>())];
    private readonly long _begun = time.GetTimestamp();
    private long _next;

    /// <summary>The time since the wheel began, which its times are measured in.</summary>
    public TimeSpan Now => time.GetElapsedTime(_begun);

    /// <summary>Has the answer go on at that time, at once when it is past.</summary>
    public void Schedule(AnswerStream stream, TimeSpan due)
    {
        lock (_gate)
        {
            var tick = Math.Max(_next, (long)Math.Ceiling(due / Tick));
            _slots[tick % Slots].Add((tick, stream));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var due = new List<(long Tick, AnswerStream Stream)>();
        var later = new List<(long Tick, AnswerStream Stream)>();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = (long)(Now / Tick);
            while (_next <= now)
            {
                lock (_gate)
                {
                    (_slots[_next % Slots], due) = (due, _slots[_next % Slots]);
                    _next++;
                }

                foreach (var (tick, stream) in due)
                {
                    if (tick < _next)
                    {
                        stream.GoOn();
                    }
                    else
                    {
                        // It is for a later round of the ring.
                        later.Add((tick, stream));
                    }
                }

                lock (_gate)
                {
                    foreach (var entry in later)
                    {
                        _slots[entry.Tick % Slots].Add(entry);
                    }
                }

                due.Clear();
                later.Clear();
            }
        }
    }
}
