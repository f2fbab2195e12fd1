using ChatApp.Api.Background;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatApp.Api.Conversations.Summaries;

internal static class SummaryExtensions
{
    /// <summary>What writes summaries; needed by workers.</summary>
    public static void AddSummaries(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(SummaryOptions.Section);
        builder.Services.AddOptions<SummaryOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SummaryStore>();
        builder.Services.TryAddSingleton<BackgroundModel>();
        builder.Services.TryAddSingleton<BackgroundTemplates>();
        if (section.GetValue(nameof(SummaryOptions.Enabled), true))
        {
            builder.Services.AddHostedService<SummaryWriting>();
        }
    }
}
