using ChatApp.Api.Background;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatApp.Api.Memory.Facts;

internal static class FactExtensions
{
    /// <summary>What draws facts, where the operator wants that; needed by workers.</summary>
    public static void AddFacts(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(FactOptions.Section);
        builder.Services.AddOptions<FactOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<FactStore>();
        builder.Services.TryAddSingleton<BackgroundModel>();
        builder.Services.TryAddSingleton<BackgroundTemplates>();
        if (section.GetValue(nameof(FactOptions.Enabled), false))
        {
            builder.Services.AddHostedService<FactDrawing>();
        }
    }
}
