using System.Collections.Frozen;
using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Models;

/// <summary>All engines and models at one moment.</summary>
internal sealed class ModelSnapshot(long version, IReadOnlyList<EngineOptions> engines, IReadOnlyList<ModelRoute> models)
{
    private readonly FrozenDictionary<string, ModelRoute> _models = models.ToFrozenDictionary(model => model.Name, StringComparer.Ordinal);

    /// <summary>Grows with every change.</summary>
    public long Version { get; } = version;

    public IReadOnlyList<EngineOptions> Engines { get; } = engines;

    public IReadOnlyList<ModelRoute> Models { get; } = models;

    /// <summary>The model of that name. With only one there is nothing to decide, and any name means it.</summary>
    public ModelRoute? Find(string name) => Models is [var only] ? only : _models.GetValueOrDefault(name);

    /// <summary>The tokens that prompt and answer may have together at the target that holds most; null when that is not known of any.</summary>
    public int? ContextTokens(ModelRoute model)
    {
        if (model.Auto is { } auto)
        {
            // What the small one cannot hold goes to the large one.
            return Math.Max(Find(auto.Small)?.Targets.Max(Most) ?? 0, Find(auto.Large)?.Targets.Max(Most) ?? 0) is > 0 and var most ? most : null;
        }

        return model.Targets.Max(Most);

        static int? Most(ModelTarget target) => target.ContextTokens;
    }
}
