using ChatApp.AppHost.Engine;
using ChatApp.ServiceDefaults.Http;

namespace ChatApp.AppHost.Gateway;

/// <summary>Which models may be answered by an outside provider: one such target in the chain is enough.</summary>
internal static class OutsideModels
{
    /// <summary>Their names. Where the main engine is outside itself, every model counts as such and none is listed.</summary>
    public static IEnumerable<string> Of(HostSettings settings, ModelEngine main)
    {
        if (main.IsOutside)
        {
            return [];
        }

        var engines = settings.Engines.Where(IsOutside).Select(static engine => engine.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var served = settings.Engines.Where(IsOutside).Select(static engine => engine.Model).OfType<string>();
        var chained = settings.Models.Where(model => model.Targets.Exists(target => engines.Contains(target.Engine))).Select(static model => model.Name);
        var outside = served.Concat(chained).ToHashSet(StringComparer.Ordinal);
        var chosen = settings.Models.Where(model => model.Auto is { } auto && (outside.Contains(auto.Small) || outside.Contains(auto.Large))).Select(static model => model.Name);
        return outside.Concat(chosen).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    /// <summary>Whether what is sent to an engine leaves the operator's machines.</summary>
    public static bool IsOutside(EngineEntry engine) => engine.Outside ?? OutsideAddress.Is(engine.Address!);
}
