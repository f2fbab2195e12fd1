using ChatApp.Inference.Admin;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Models.Configuration;

namespace ChatApp.Inference.Models.Stored;

/// <summary>Which changes of admins may be made.</summary>
internal sealed class ChangeRules(ModelDefinitions definitions, EngineKeys keys)
{
    /// <summary>Judges a change.</summary>
    /// <param name="stored">What there is before it.</param>
    /// <param name="change">The change.</param>
    /// <returns>Why it must not be made, or null.</returns>
    public GatewayError? Judge(StoredModels stored, StoredChange change) => change switch
    {
        StoredChange.PutEngine(var engine) => JudgePut(stored.With(change), engine),
        StoredChange.DeleteEngine(var name) => JudgeDeleteEngine(stored, name),
        StoredChange.PutModel(var model) => JudgePut(stored.With(change), model),
        StoredChange.DeleteModel(var name) => JudgeDeleteModel(stored, stored.With(change), name),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private GatewayError? JudgePut(StoredModels after, EngineOptions engine)
    {
        if (definitions.IsConfiguredEngine(engine.Name))
        {
            return AdminErrors.Conflict($"The engine '{engine.Name}' is in the configuration (Engines:N). Change it there.");
        }

        var report = new RuleReport(section: null);
        EngineRules.Check(engine, report);
        if (report.Errors.Count == 0 && engine.KeyName is { } name)
        {
            CheckKey(name, new Uri(engine.Address), report);
        }

        if (report.Errors.Count > 0)
        {
            return AdminErrors.Invalid(report);
        }

        return definitions.Engines(after).Any(e => string.Equals(e.Name, engine.Name, StringComparison.OrdinalIgnoreCase))
            ? null
            : AdminErrors.Conflict($"There are {EngineRules.MaximumEngines} engines, and there can be no more. Delete one.");
    }

    private void CheckKey(string name, Uri address, RuleReport report)
    {
        if (name.Length is 0 or > 60 || keys.Find(name) is null)
        {
            report.Add("KeyName", "names no key of the gateway. Set Gateway:EngineKeys:<name> there, as a secret, and restart it.");
        }
        else if (!keys.IsFor(name, address))
        {
            report.Add("KeyName", "names a key that is for another host (Gateway:EngineKeyHosts:<name>).");
        }
    }

    private GatewayError? JudgeDeleteEngine(StoredModels stored, string name)
    {
        if (definitions.IsConfiguredEngine(name))
        {
            return AdminErrors.Conflict($"The engine '{name}' is in the configuration (Engines:N). Remove it there.");
        }

        if (!stored.Engines.Any(engine => IsSame(engine.Name, name)))
        {
            return AdminErrors.NotFound("engine");
        }

        var users = stored.Models.Where(model => model.Targets.Exists(target => IsSame(target.Engine, name))).Select(model => model.Name).ToList();
        return users is []
            ? null
            : AdminErrors.Conflict($"The engine '{name}' serves {string.Join(", ", users.Take(3))}{(users.Count > 3 ? " and others" : "")}. Change or delete those models first.");
    }

    private GatewayError? JudgePut(StoredModels after, ModelOptions model)
    {
        var engines = definitions.Engines(after).Select(engine => engine.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var models = definitions.Models(after);
        var report = new RuleReport(section: null);
        ModelRules.Check(model, engines.Contains, report);
        ModelRules.CheckAuto(model, name => models.Any(m => m.Auto is null && m.Name == name), report);
        if (report.Errors.Count > 0)
        {
            return AdminErrors.Invalid(report);
        }

        if (models.Length > ModelRules.MaximumModels)
        {
            return AdminErrors.Conflict($"There are {ModelRules.MaximumModels} models, and there can be no more. Delete one.");
        }

        return model.Auto is not null && Referrer(models, model.Name) is { } referrer
            ? AdminErrors.Conflict($"'{model.Name}' cannot be virtual: '{referrer}' chooses it.")
            : null;
    }

    private GatewayError? JudgeDeleteModel(StoredModels stored, StoredModels after, string name)
    {
        if (!stored.Models.Any(model => model.Name == name))
        {
            return definitions.IsConfiguredModel(name)
                ? AdminErrors.Conflict($"The model '{name}' is in the configuration (Gateway:Models, or Engines:N:Model). Remove it there, or replace it.")
                : AdminErrors.NotFound("model");
        }

        var models = definitions.Models(after);
        return !models.Any(model => model.Auto is null && model.Name == name) && Referrer(models, name) is { } referrer
            ? AdminErrors.Conflict($"The virtual model '{referrer}' chooses '{name}'. Change or delete it first.")
            : null;
    }

    private static string? Referrer(IEnumerable<ModelOptions> models, string name) =>
        models.FirstOrDefault(model => model.Auto is { } auto && (auto.Small == name || auto.Large == name))?.Name;

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
