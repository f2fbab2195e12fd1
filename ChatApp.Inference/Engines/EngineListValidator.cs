using ChatApp.Inference.Models.Configuration;
using ChatApp.Inference.Storage;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Engines;

/// <summary>Says at start-up which key is wrong, rather than at the first request that something is.</summary>
internal sealed class EngineListValidator(IConfiguration configuration, GatewayStorage storage) : IValidateOptions<EngineList>
{
    public ValidateOptionsResult Validate(string? name, EngineList options)
    {
        var result = new ValidateOptionsResultBuilder();

        // Where engines are stored, an admin may make the first one.
        if (options.Engines.Count > EngineRules.MaximumEngines || (options.Engines.Count == 0 && !storage.IsConfigured))
        {
            result.AddError(
                $"{options.Engines.Count} engines are configured; it takes 1 to {EngineRules.MaximumEngines}. Set Engines:0:Name, Engines:0:Kind, Engines:0:Address and Engines:0:Model.");
        }

        var named = configuration.GetSection(ConfiguredModels.Section).GetChildren()
            .SelectMany(static model => model.GetSection(nameof(ModelOptions.Targets)).GetChildren())
            .Select(static target => target[nameof(TargetOptions.Engine)])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < options.Engines.Count; i++)
        {
            var report = new RuleReport($"{EngineList.Section}:{i}");
            EngineRules.Check(options.Engines[i], report);
            if (string.IsNullOrWhiteSpace(options.Engines[i].Model) && !named.Contains(options.Engines[i].Name))
            {
                report.Add("Model", $"is missing: the name of the model that the engine serves. It may be left out where a model names the engine ({ConfiguredModels.Section}:N:Targets:M:Engine).");
            }

            foreach (var error in report.Errors)
            {
                result.AddError(error);
            }
        }

        foreach (var twice in options.Engines.GroupBy(e => e.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            result.AddError($"Engines:*:Name '{twice.Key}' is used {twice.Count()} times; names are unique.");
        }

        return result.Build();
    }
}
