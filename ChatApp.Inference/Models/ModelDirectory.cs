using ChatApp.Inference.Engines;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Models;

/// <summary>Which engines there are, and which models they serve, at the moment.</summary>
internal sealed class ModelDirectory(IOptions<EngineList> engines)
{
    private ModelSnapshot _current = FromConfiguration(engines.Value);

    /// <summary>What holds now. A call takes it once, so that it sees one state throughout.</summary>
    public ModelSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Told after every change.</summary>
    public event EventHandler? Changed;

    /// <summary>Replaces the state.</summary>
    public void Set(ModelSnapshot snapshot)
    {
        Volatile.Write(ref _current, snapshot);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private static ModelSnapshot FromConfiguration(EngineList list) => new(
        0,
        list.Engines,
        [.. list.Engines
            .GroupBy(engine => engine.Model, StringComparer.Ordinal)
            .Select(group => new ModelRoute(group.Key, [.. group.Select(engine => new ModelTarget(engine, engine.Model))]))]);
}
