using ChatApp.Api.Models;

namespace ChatApp.Api.Prompting;

internal static class PromptingExtensions
{
    public static void AddPrompting(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(static _ => new PromptTemplates(PromptTemplates.Folder));
        builder.Services.AddOptions<ModelOptions>().Validate<PromptTemplates>(
            static (options, templates) => options.Profiles.Values.All(p => p.Template is null || templates.Contains(p.Template)),
            $"A profile in 'Models:Profiles' names a template that is not in {PromptTemplates.Folder}.");
        builder.Services.AddSingleton<PromptStore>();
        builder.Services.AddSingleton<PromptAssembler>();
    }
}
