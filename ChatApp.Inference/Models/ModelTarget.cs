using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Models;

/// <summary>One place where a model is served.</summary>
/// <param name="Engine">The engine or provider.</param>
/// <param name="Model">What the model is called there.</param>
/// <param name="Priority">The step of the chain: 0 is tried first, and targets of the same step share the load.</param>
internal sealed record ModelTarget(EngineOptions Engine, string Model, int Priority = 0)
{
    /// <summary>What it costs; null when it is free, as one's own engines are.</summary>
    public TargetPrice? Price { get; init; }

    /// <summary>Tokens that prompt and answer may have together; null when it is not known.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>What it can do.</summary>
    public ModelCapabilities Capabilities { get; init; } = ModelCapabilities.Any;
}
