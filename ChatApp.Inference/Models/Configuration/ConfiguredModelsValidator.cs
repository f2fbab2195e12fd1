using ChatApp.Inference.Engines;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Models.Configuration;

/// <summary>Says at start-up which key is wrong, rather than at the first request that something is.</summary>
internal sealed class ConfiguredModelsValidator(IOptions<EngineList> engines) : IValidateOptions<ConfiguredModels>
{
    public ValidateOptionsResult Validate(string? name, ConfiguredModels options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Models.Count > ModelRules.MaximumModels)
        {
            result.AddError($"{options.Models.Count} models are configured; it takes at most {ModelRules.MaximumModels}.");
        }

        var engineNames = engines.Value.Engines.Select(engine => engine.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var withTargets = options.Models.Where(model => model.Auto is null).Select(model => model.Name)
            .Concat(engines.Value.Engines.Select(engine => engine.Model))
            .ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < options.Models.Count; i++)
        {
            var report = new RuleReport($"{ConfiguredModels.Section}:{i}");
            ModelRules.Check(options.Models[i], engineNames.Contains, report);
            ModelRules.CheckAuto(options.Models[i], withTargets.Contains, report);
            if (options.Models[i].Auto is not null && engines.Value.Engines.Exists(engine => engine.Model == options.Models[i].Name))
            {
                report.Add("Auto", $"makes '{options.Models[i].Name}' virtual, but an engine says that it serves it (Engines:N:Model).");
            }

            foreach (var error in report.Errors)
            {
                result.AddError(error);
            }
        }

        foreach (var twice in options.Models.GroupBy(model => model.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            result.AddError($"{ConfiguredModels.Section}:*:Name '{twice.Key}' is used {twice.Count()} times; names are unique.");
        }

        return result.Build();
    }
}
