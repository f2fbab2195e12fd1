using ChatApp.Api.Moderation.Detectors.Classifier;
using ChatApp.Api.Moderation.Detectors.Outside;

namespace ChatApp.Api.Moderation.Detectors;

internal static class DetectorExtensions
{
    /// <summary>The detector that asks nobody; needed by every role.</summary>
    public static void AddRuleDetector(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RuleDetector>();
        builder.Services.AddSingleton<IContentDetector>(static services => services.GetRequiredService<RuleDetector>());
    }

    /// <summary>The one that asks a model of the gateway; for workers, who alone have its key.</summary>
    public static void AddClassifierDetector(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ClassifierOptions>().BindConfiguration(ClassifierOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IContentDetector, ClassifierDetector>();
    }

    /// <summary>The one that asks somebody outside.</summary>
    public static void AddOutsideDetector(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OutsideOptions>().BindConfiguration(OutsideOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHttpClient(OutsideDetector.HttpClient, static client => client.MaxResponseContentBufferSize = OutsideDetector.MaxAnswer)
            // The key goes to the address that was configured, and nowhere that it points to.
            .ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(3) });
        builder.Services.AddSingleton<IContentDetector, OutsideDetector>();
    }
}
