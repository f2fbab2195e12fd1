using ChatApp.Inference.Models.Configuration;
using ChatApp.Inference.Models.Stored;
using ChatApp.Inference.Storage;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Models;

internal static class ModelExtensions
{
    /// <summary>Adds <see cref="ModelDirectory"/>, and what changes it.</summary>
    public static void AddModels(this IServiceCollection services)
    {
        services.AddOptions<ConfiguredModels>()
            .Configure<IConfiguration>(static (list, configuration) =>
            {
                // One by one: bound as a list, a model that cannot be read would be left out in silence.
                foreach (var section in configuration.GetSection(ConfiguredModels.Section).GetChildren())
                {
                    var model = section.Get<ModelOptions>() ?? new ModelOptions();
                    model.Targets.Clear();
                    foreach (var target in section.GetSection(nameof(ModelOptions.Targets)).GetChildren())
                    {
                        model.Targets.Add(target.Get<TargetOptions>() ?? new TargetOptions());
                    }

                    list.Models.Add(model);
                }
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConfiguredModels>, ConfiguredModelsValidator>();
        services.AddSingleton<EngineKeys>();
        services.AddSingleton<ModelDefinitions>();
        services.AddSingleton<ModelMerge>();
        services.AddSingleton<ModelDirectory>();
        services.AddSingleton<ChangeRules>();
        services.AddSingleton<ModelChanges>();
        services.AddSingleton<IModelStore>(static services => services.GetRequiredService<GatewayStorage>() is { IsConfigured: true } storage
            ? new PostgresModelStore(storage)
            : new MemoryModelStore());
        services.AddHostedService<ModelFollowing>();
    }
}
