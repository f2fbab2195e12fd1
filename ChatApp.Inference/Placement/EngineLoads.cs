using System.Collections.Concurrent;
using ChatApp.Inference.Admission;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Placement;

/// <summary>The load of each engine. Follows the directory: who leaves is forgotten, and those that wait there are sent elsewhere.</summary>
internal sealed class EngineLoads : IDisposable
{
    private readonly ConcurrentDictionary<string, EngineLoad> _loads = new(StringComparer.OrdinalIgnoreCase);
    private readonly ModelDirectory _models;
    private readonly TimeProvider _time;
    private readonly QueueBounds _bounds;

    public EngineLoads(ModelDirectory models, IOptions<GatewayOptions> options, TimeProvider time)
    {
        _time = time;
        _models = models;
        _bounds = new QueueBounds(options.Value.MaxQueuePerEngine, options.Value.MaxQueuePerCaller);
        models.Changed += Follow;
    }

    /// <summary>The load of an engine of the directory; of another an empty one.</summary>
    public EngineLoad Of(string engineName)
    {
        if (_loads.TryGetValue(engineName, out var load))
        {
            return load;
        }

        foreach (var engine in _models.Current.Engines)
        {
            if (string.Equals(engine.Name, engineName, StringComparison.OrdinalIgnoreCase))
            {
                return Of(engine);
            }
        }

        return new EngineLoad(engineName, "", new EngineQueue(1, _bounds));
    }

    /// <summary>The load of an engine.</summary>
    public EngineLoad Of(EngineOptions engine) => _loads.TryGetValue(engine.Name, out var load) ? load : Add(engine);

    /// <summary>Notes what an engine told of its slots.</summary>
    public void Learn(EngineOptions engine, int slots)
    {
        var load = Of(engine);
        load.LearnedSlots = slots;
        load.Queue.Resize(SlotsOf(engine, load));
    }

    /// <summary>Notes that an engine is down: its cache is gone, and those that wait for it go elsewhere.</summary>
    public void Lost(string engineName)
    {
        if (_loads.TryGetValue(engineName, out var load))
        {
            load.Lost(_time.GetTimestamp());
        }
    }

    public void Dispose() => _models.Changed -= Follow;

    private EngineLoad Add(EngineOptions engine) => _loads.GetOrAdd(
        engine.Name,
        static (name, state) => new EngineLoad(name, state.Engine.Address, new EngineQueue(SlotsOf(state.Engine, load: null), state.Bounds)),
        (Engine: engine, Bounds: _bounds));

    private static int SlotsOf(EngineOptions engine, EngineLoad? load) => engine.Concurrency ?? load?.LearnedSlots ?? UsualSlots.Of(engine.Kind);

    private void Follow(object? sender, EventArgs change)
    {
        var engines = _models.Current.Engines.ToDictionary(engine => engine.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, load) in _loads)
        {
            if (!engines.TryGetValue(name, out var engine))
            {
                _loads.TryRemove(name, out _);
                load.Lost(_time.GetTimestamp());
                continue;
            }

            if (!string.Equals(load.Address, engine.Address, StringComparison.Ordinal))
            {
                load.Address = engine.Address;
                load.LearnedSlots = null;
                load.Lost(_time.GetTimestamp());
            }

            load.Queue.Resize(SlotsOf(engine, load));
        }
    }
}
