namespace ChatApp.Inference.Models.Configuration;

/// <summary>The section <c>Gateway:Models</c>. Engines that say their own <c>Model</c> add to it.</summary>
public sealed class ConfiguredModels
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway:Models";

    /// <summary>The models, at most 500.</summary>
    public List<ModelOptions> Models { get; } = [];
}
