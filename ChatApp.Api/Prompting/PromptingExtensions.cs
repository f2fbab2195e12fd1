using ChatApp.Api.Models;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Injection;
using ChatApp.Api.Prompting.Kept;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatApp.Api.Prompting;

internal static class PromptingExtensions
{
    /// <summary>What makes prompts; needed by workers.</summary>
    public static void AddPrompting(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(static _ => new PromptTemplates(PromptTemplates.Folder));
        services.AddOptions<ModelOptions>().Validate<PromptTemplates>(
            static (options, templates) => options.Profiles.Values.All(p => p.Template is null || templates.Contains(p.Template)),
            $"A profile in 'Models:Profiles' names a template that is not in {PromptTemplates.Folder}.");
        services.AddOptions<PromptOptions>().BindConfiguration(PromptOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Canary>();
        services.AddSingleton<IContentDetector, CanaryDetector>();
        services.AddSingleton<PromptStore>();
        services.AddSingleton<PromptBlocks>();
        services.AddSingleton<PromptAssembler>();
        builder.AddKeptPrompts();
        services.AddHostedService<PromptPruning>();
    }

    /// <summary>What shows the prompts of answers; needed by every role.</summary>
    public static void AddKeptPrompts(this IHostApplicationBuilder builder) => builder.Services.TryAddSingleton<TurnPromptStore>();
}
