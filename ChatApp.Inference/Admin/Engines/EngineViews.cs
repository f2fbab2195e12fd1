using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Admin.Engines;

/// <summary>Shows engines to admins, with how they do at the moment.</summary>
internal sealed class EngineViews(EngineReadiness readiness)
{
    public EngineView Of(EngineOptions engine)
    {
        var state = readiness.LastKnown.GetValueOrDefault(engine.Name);
        return new EngineView(
            engine.Name,
            engine.Kind.ToString(),
            engine.Address,
            engine.IsStored ? "stored" : "configuration",
            engine.KeyName,
            !string.IsNullOrEmpty(engine.Key),
            engine.Concurrency,
            engine.ApiVersion,
            engine.Concurrency ?? 0,
            state is { IsReady: false } ? "down" : "ready",
            state?.Message ?? "",
            0,
            0,
            0,
            engine.Kind is EngineKind.Ollama);
    }
}
