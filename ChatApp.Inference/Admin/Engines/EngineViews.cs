using ChatApp.Inference.Engines;
using ChatApp.Inference.Placement;

namespace ChatApp.Inference.Admin.Engines;

/// <summary>Shows engines to admins, with how they do at the moment.</summary>
internal sealed class EngineViews(EngineHealth health, EngineLoads loads)
{
    public EngineView Of(EngineOptions engine)
    {
        var state = health.Of(engine.Name);
        var load = loads.Of(engine.Name);
        return new EngineView(
            engine.Name,
            engine.Kind.ToString(),
            engine.Address,
            engine.IsStored ? "stored" : "configuration",
            engine.KeyName,
            !string.IsNullOrEmpty(engine.Key),
            engine.Concurrency,
            engine.ApiVersion,
            load.Slots,
            Word(state.Condition),
            state.Message,
            load.InFlight,
            load.Queued,
            load.TokensInFlight,
            engine.Kind is EngineKind.Ollama,
            engine.IsOutside);
    }

    private static string Word(EngineCondition condition) => condition switch
    {
        EngineCondition.Ready => "ready",
        EngineCondition.Loading => "loading",
        EngineCondition.Resting => "resting",
        _ => "down",
    };
}
