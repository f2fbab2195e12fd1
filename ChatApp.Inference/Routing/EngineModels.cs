using System.Collections.Frozen;
using ChatApp.Inference.Engines;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Routing;

/// <summary>Which engines serve which model.</summary>
internal sealed class EngineModels(IOptions<EngineList> engines)
{
    private readonly FrozenDictionary<string, FrozenSet<string>> _enginesByModel = engines.Value.Engines
        .GroupBy(engine => engine.Model, engine => engine.Name, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToFrozenSet(StringComparer.OrdinalIgnoreCase), StringComparer.Ordinal);

    /// <summary>Whether the model decides where a call goes. With one model there is nothing to decide, and no body is read.</summary>
    public bool Decides => _enginesByModel.Count > 1;

    public bool TryGet(string model, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FrozenSet<string>? engineNames) =>
        _enginesByModel.TryGetValue(model, out engineNames);
}
