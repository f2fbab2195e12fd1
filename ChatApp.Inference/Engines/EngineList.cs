namespace ChatApp.Inference.Engines;

/// <summary>The section <c>Engines</c>.</summary>
public sealed class EngineList
{
    /// <summary>The section's name.</summary>
    public const string Section = "Engines";

    /// <summary>The engines, at least one and at most 64.</summary>
    public List<EngineOptions> Engines { get; } = [];
}
