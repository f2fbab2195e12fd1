using System.Collections.Immutable;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models.Configuration;
using ChatApp.Inference.Models.Stored;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Models;

/// <summary>What the configuration and the admins wrote, put together: of two models of one name the admins' holds, of two engines the configuration's.</summary>
internal sealed class ModelDefinitions
{
    private readonly EngineKeys _keys;
    private readonly ImmutableArray<EngineOptions> _engines;
    private readonly ImmutableArray<ModelOptions> _models;

    public ModelDefinitions(IOptions<EngineList> engines, IOptions<ConfiguredModels> models, EngineKeys keys)
    {
        _keys = keys;
        _engines = [.. engines.Value.Engines];
        _models = WithEnginesOwn(models.Value.Models);
    }

    /// <summary>Whether the configuration has an engine of that name.</summary>
    public bool IsConfiguredEngine(string name) => _engines.Any(engine => IsSame(engine.Name, name));

    /// <summary>Whether the configuration has a model of that name.</summary>
    public bool IsConfiguredModel(string name) => _models.Any(model => model.Name == name);

    /// <summary>All engines. Stored ones get their key here, if the configuration has it and lets it go there.</summary>
    public ImmutableArray<EngineOptions> Engines(StoredModels stored) =>
    [
        .. _engines,
        .. stored.Engines.Where(engine => !IsConfiguredEngine(engine.Name) && Enum.IsDefined(engine.Kind)).Select(WithKey).Take(EngineRules.MaximumEngines - _engines.Length),
    ];

    /// <summary>All models, in the configuration's order, then those that only admins have.</summary>
    public ImmutableArray<ModelOptions> Models(StoredModels stored)
    {
        var replacing = stored.Models.ToDictionary(model => model.Name, StringComparer.Ordinal);
        return
        [
            .. _models.Select(model => replacing.Remove(model.Name, out var stored) ? stored : model),
            .. stored.Models.Where(model => replacing.ContainsKey(model.Name)),
        ];
    }

    /// <summary>The configuration's model of that name; null when there is none.</summary>
    public ModelOptions? Configured(string name) => _models.FirstOrDefault(model => model.Name == name);

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private EngineOptions WithKey(EngineOptions engine)
    {
        engine.Key = engine.KeyName is { } name && Uri.TryCreate(engine.Address, UriKind.Absolute, out var address) && _keys.IsFor(name, address)
            ? _keys.Find(name)
            : null;
        return engine;
    }

    // An engine's own Model is a target of priority 0.
    private ImmutableArray<ModelOptions> WithEnginesOwn(List<ModelOptions> written)
    {
        var models = written.ConvertAll(model => new ModelOptions { Name = model.Name, Cache = model.Cache, Auto = model.Auto, Targets = [.. model.Targets] });
        foreach (var engine in _engines.Where(engine => engine.Model.Length > 0))
        {
            var model = models.Find(model => model.Name == engine.Model);
            if (model is null)
            {
                models.Add(model = new ModelOptions { Name = engine.Model });
            }

            if (!model.Targets.Exists(target => target.Priority == 0 && IsSame(target.Engine, engine.Name)))
            {
                model.Targets.Add(new TargetOptions { Engine = engine.Name });
            }
        }

        return [.. models];
    }
}
