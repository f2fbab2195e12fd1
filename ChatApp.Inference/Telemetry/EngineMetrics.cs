using System.Diagnostics.Metrics;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;
using ChatApp.Inference.Placement;

namespace ChatApp.Inference.Telemetry;

/// <summary>What each engine has to do and how it is, whenever somebody collects; nothing is asked of an engine for it.</summary>
internal sealed class EngineMetrics(ModelDirectory models, EngineLoads loads, EngineHealth health)
{
    /// <summary>Adds the instruments to a meter.</summary>
    public void AddTo(Meter meter)
    {
        Add(meter, "chatapp.inference.engine.in_flight", "{request}", "Calls that the engine answers.", static load => load.InFlight);
        Add(meter, "chatapp.inference.engine.queued", "{request}", "Calls that wait in the gateway for the engine.", static load => load.Queued);
        Add(meter, "chatapp.inference.engine.tokens_in_flight", "{token}", "Tokens of all these calls, prompts and expected answers.", static load => load.TokensInFlight);
        Add(meter, "chatapp.inference.engine.slots", "{request}", "Calls that the engine answers at once.", static load => load.Slots);
        meter.CreateObservableGauge(
            "chatapp.inference.engine.condition",
            Conditions,
            "{engine}",
            "1, tagged with the condition that the engine is in: ready, loading, down, or resting while its circuit is open.");
    }

    private void Add(Meter meter, string name, string unit, string description, Func<EngineLoad, long> value) =>
        meter.CreateObservableGauge(name, () => Loads(value), unit, description);

    private IEnumerable<Measurement<long>> Loads(Func<EngineLoad, long> value)
    {
        foreach (var engine in models.Current.Engines)
        {
            yield return new Measurement<long>(value(loads.Of(engine)), new KeyValuePair<string, object?>("engine", engine.Name));
        }
    }

    private IEnumerable<Measurement<int>> Conditions()
    {
        foreach (var engine in models.Current.Engines)
        {
            yield return new Measurement<int>(1, new("engine", engine.Name), new("condition", Word(health.Of(engine.Name).Condition)));
        }
    }

    private static string Word(EngineCondition condition) => condition switch
    {
        EngineCondition.Ready => "ready",
        EngineCondition.Loading => "loading",
        EngineCondition.Resting => "resting",
        _ => "down",
    };
}
