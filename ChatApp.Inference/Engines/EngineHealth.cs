using System.Collections.Concurrent;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Models;
using ChatApp.Inference.Placement;

namespace ChatApp.Inference.Engines;

/// <summary>What is known of every engine: from asking it (see <see cref="EngineProbe"/>), and from how calls went.</summary>
internal sealed class EngineHealth : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly ModelDirectory _models;
    private readonly EngineProbe _probe;
    private readonly EngineLoads _loads;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, EngineRecord> _records = new(StringComparer.OrdinalIgnoreCase);

    public EngineHealth(ModelDirectory models, EngineProbe probe, EngineLoads loads, TimeProvider time)
    {
        _models = models;
        _probe = probe;
        _loads = loads;
        _time = time;
        models.Changed += Follow;
    }

    /// <summary>What can be expected of the engine of that name; ready where nothing is known.</summary>
    public EngineState Of(string engineName) => _records.TryGetValue(engineName, out var record) ? Of(record) : EngineState.Ready;

    /// <summary>What the engine said when it was last asked; null before it was.</summary>
    public EngineState? LastAnswer(string engineName) => _records.TryGetValue(engineName, out var record) && record.IsAnswer ? record.State : null;

    /// <summary>Asks an engine, unless its last answer is younger than <paramref name="remembered"/>. Who asks meanwhile shares the question.</summary>
    public Task<EngineState> AskAsync(EngineOptions engine, TimeSpan remembered, CancellationToken cancellationToken)
    {
        var record = Record(engine);
        lock (record)
        {
            if (record is { IsAnswer: true, IsStale: false, State: { } state } && _time.GetElapsedTime(record.AskedAt) < remembered)
            {
                return Task.FromResult(state);
            }

            if (record.Asking is not { IsCompleted: false })
            {
                record.Asking = AskAsync(record);
            }

            // The probe has its own bounds, and others may wait for the same answer.
            return record.Asking.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until one of the engines is ready, asking them again and again.</summary>
    /// <returns>Whether one is.</returns>
    public async Task<bool> WaitAsync(IReadOnlyList<EngineOptions> engines, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var began = _time.GetTimestamp(); _time.GetElapsedTime(began) < patience;)
        {
            foreach (var engine in engines)
            {
                if ((await AskAsync(engine, Glance, cancellationToken)).IsReady && Of(engine.Name).IsReady)
                {
                    return true;
                }
            }

            var left = patience - _time.GetElapsedTime(began);
            await Task.Delay(left < Glance ? TimeSpan.FromTicks(Math.Max(left.Ticks, 0)) : Glance, _time, cancellationToken);
        }

        return false;
    }

    /// <summary>The engines that are to be asked by now, and when each is to be asked again.</summary>
    public IEnumerable<EngineOptions> Due(Func<EngineOptions, EngineState?, TimeSpan> interval)
    {
        foreach (var engine in _models.Current.Engines)
        {
            var record = Record(engine);
            var now = _time.GetTimestamp();
            if (now >= record.DueAt)
            {
                record.DueAt = now + (long)(interval(engine, record.State).TotalSeconds * _time.TimestampFrequency);
                yield return engine;
            }
        }
    }

    /// <summary>Has the next question to each asked anew: something was changed there.</summary>
    public void Forget()
    {
        foreach (var record in _records.Values)
        {
            lock (record)
            {
                record.IsStale = true;
                record.DueAt = 0;
            }
        }
    }

    /// <summary>A call begins at the engine.</summary>
    public void Begin(EngineOptions engine) => Record(engine).Circuit.Begin();

    /// <summary>A call has its first token.</summary>
    public void Answering(EngineOptions engine)
    {
        var record = Record(engine);
        record.Circuit.Answering();
        if (record.State is { IsReady: false })
        {
            Note(record, EngineState.Ready);
        }
    }

    /// <summary>A call ended.</summary>
    /// <param name="engine">Where.</param>
    /// <param name="failure">Why it failed; null when it did not.</param>
    public void End(EngineOptions engine, AttemptFailure? failure)
    {
        var record = Record(engine);
        if (failure is null)
        {
            record.Circuit.Close();
        }
        else if (failure is { BlamesEngine: true } or { RetryAfter: not null, Reason: not AttemptFailure.Busy and not AttemptFailure.Loading })
        {
            record.Circuit.Fail(failure.Reason is AttemptFailure.Connect || failure.RetryAfter is not null, failure.RetryAfter ?? TimeSpan.Zero);
        }
        else
        {
            record.Circuit.Withdraw();
        }

        if (failure?.Reason is AttemptFailure.Loading)
        {
            Note(record, EngineState.Loading);
        }
        else if (failure is { Reason: AttemptFailure.Connect, BlamesEngine: true })
        {
            // Who waits for a place there goes elsewhere, and its cache is not to be counted on.
            _loads.Lost(engine.Name);
        }
    }

    /// <summary>A call at the engine ended without telling anything of it, as when the caller left.</summary>
    public void Withdraw(EngineOptions engine) => Record(engine).Circuit.Withdraw();

    public void Dispose() => _models.Changed -= Follow;

    private static EngineState Of(EngineRecord record) => record switch
    {
        { State: { IsReady: false } state } => state,
        { Circuit: { IsOpen: true } circuit } => new EngineState(EngineCondition.Resting, $"failed too often and rests for {Math.Ceiling(circuit.Rest.TotalSeconds)} s. The gateway's log says why."),
        _ => EngineState.Ready,
    };

    private static void Note(EngineRecord record, EngineState state)
    {
        lock (record)
        {
            record.State = state;
            record.IsAnswer = false;
        }
    }

    private EngineRecord Record(EngineOptions engine)
    {
        if (_records.TryGetValue(engine.Name, out var record) && record.IsFor(engine))
        {
            return record;
        }

        return _records.AddOrUpdate(
            engine.Name,
            static (_, added) => new EngineRecord(added.engine, added._time),
            static (_, known, added) => known.IsFor(added.engine) ? known : new EngineRecord(added.engine, added._time),
            (engine, _time));
    }

    private async Task<EngineState> AskAsync(EngineRecord record)
    {
        var wasOpen = record.Circuit.IsOpen;
        var state = await _probe.AskAsync(record.Engine, CancellationToken.None);
        var wentDown = false;
        lock (record)
        {
            wentDown = state.Condition == EngineCondition.Down && record.State?.Condition != EngineCondition.Down;
            if (state.IsReady && wasOpen && record.State is { Condition: EngineCondition.Down })
            {
                // It could not be reached and now can: that is what calls failed of.
                record.Circuit.Close();
            }

            record.State = state;
            record.AskedAt = _time.GetTimestamp();
            record.IsAnswer = true;
            record.IsStale = false;
        }

        if (wentDown)
        {
            _loads.Lost(record.Engine.Name);
        }

        return state;
    }

    private void Follow(object? sender, EventArgs change)
    {
        var engines = _models.Current.Engines;
        foreach (var (name, record) in _records)
        {
            var isThere = false;
            foreach (var engine in engines)
            {
                isThere |= string.Equals(engine.Name, name, StringComparison.OrdinalIgnoreCase);
            }

            if (!isThere)
            {
                _records.TryRemove(new KeyValuePair<string, EngineRecord>(name, record));
            }
        }
    }
}
