using System.Collections.Immutable;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models.Configuration;
using ChatApp.Inference.Models.Stored;

namespace ChatApp.Inference.Models;

/// <summary>
/// Makes the state that calls see. What admins wrote was checked then, but the configuration may have changed since: what does not
/// hold any more is left out, and the rest goes on.
/// </summary>
internal sealed class ModelMerge(ModelDefinitions definitions)
{
    /// <summary>Puts the configuration and what is stored together.</summary>
    /// <param name="stored">What admins made.</param>
    /// <param name="leftOut">Told what was left out and why.</param>
    public ModelSnapshot Merge(StoredModels stored, ICollection<string> leftOut)
    {
        var engines = definitions.Engines(stored);
        foreach (var lost in stored.Engines.Where(engine => !engines.Contains(engine)))
        {
            leftOut.Add($"The stored engine {lost.Name}: the configuration has one of that name, its kind is unknown, or there are more than {EngineRules.MaximumEngines}.");
        }

        var byName = engines.ToDictionary(engine => engine.Name, StringComparer.OrdinalIgnoreCase);
        var kept = stored.Models.ToHashSet();
        var routes = new List<ModelRoute>();
        foreach (var model in definitions.Models(stored).Where(model => model.Auto is null))
        {
            if (Route(model, kept.Contains(model), byName, leftOut) is { } route)
            {
                routes.Add(route);
            }
            else if (definitions.Configured(model.Name) is { Auto: null } configured && Route(configured, false, byName, leftOut) is { } instead)
            {
                routes.Add(instead);
            }
        }

        var withTargets = routes.Select(route => route.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var model in definitions.Models(stored))
        {
            if (model.Auto is not { } auto)
            {
                continue;
            }

            if (withTargets.Contains(auto.Small) && withTargets.Contains(auto.Large))
            {
                routes.Add(new ModelRoute(model.Name, []) { IsCached = model.Cache, Auto = new AutoRoute(auto.Small, auto.Large, auto.Threshold), IsStored = kept.Contains(model) });
            }
            else
            {
                leftOut.Add($"The virtual model {model.Name}: {auto.Small} or {auto.Large} is not there.");
            }
        }

        return new ModelSnapshot(stored.Version, engines, routes);
    }

    private static ModelRoute? Route(ModelOptions model, bool isStored, Dictionary<string, EngineOptions> engines, ICollection<string> leftOut)
    {
        var targets = ImmutableArray.CreateBuilder<ModelTarget>();
        foreach (var target in model.Targets.OrderBy(target => target.Priority))
        {
            if (engines.TryGetValue(target.Engine, out var engine))
            {
                targets.Add(Target(model, target, engine));
            }
            else
            {
                leftOut.Add($"The target {target.Engine} of the model {model.Name}: there is no such engine.");
            }
        }

        return targets.Count == 0 ? null : new ModelRoute(model.Name, targets.ToImmutable()) { IsCached = model.Cache, IsStored = isStored };
    }

    private static ModelTarget Target(ModelOptions model, TargetOptions target, EngineOptions engine) => new(engine, target.Model ?? model.Name, target.Priority)
    {
        Price = target.InputPrice is null && target.CachedInputPrice is null && target.OutputPrice is null
            ? null
            : new TargetPrice(target.InputPrice ?? 0, target.CachedInputPrice ?? target.InputPrice ?? 0, target.OutputPrice ?? 0),
        ContextTokens = target.ContextTokens,
        Capabilities = target.Capabilities,
    };
}
