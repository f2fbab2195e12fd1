namespace ChatApp.Api.Moderation.Detectors;

internal static class DetectorExtensions
{
    /// <summary>The detector that asks nobody; needed by every role.</summary>
    public static void AddRuleDetector(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RuleDetector>();
        builder.Services.AddSingleton<IContentDetector>(static services => services.GetRequiredService<RuleDetector>());
    }
}
