using System.Collections.Immutable;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models.Configuration;

namespace ChatApp.Inference.Models.Stored;

/// <summary>The engines and models that admins made, at one version.</summary>
/// <param name="Version">Grows with every change; 0 before the first was read.</param>
/// <param name="Engines">By name; without keys, which are found by their names.</param>
/// <param name="Models">By name.</param>
internal sealed record StoredModels(long Version, ImmutableArray<EngineOptions> Engines, ImmutableArray<ModelOptions> Models)
{
    /// <summary>None.</summary>
    public static StoredModels None { get; } = new(0, [], []);

    /// <summary>What there is after the change.</summary>
    public StoredModels With(StoredChange change) => change switch
    {
        StoredChange.PutEngine(var engine) => this with { Engines = [.. Engines.Where(e => !IsSame(e.Name, engine.Name)), engine] },
        StoredChange.DeleteEngine(var name) => this with { Engines = [.. Engines.Where(e => !IsSame(e.Name, name))] },
        StoredChange.PutModel(var model) => this with { Models = [.. Models.Where(m => m.Name != model.Name), model] },
        StoredChange.DeleteModel(var name) => this with { Models = [.. Models.Where(m => m.Name != name)] },
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
