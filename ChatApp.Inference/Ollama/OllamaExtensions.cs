using ChatApp.Inference.Ollama.Pulls;
using ChatApp.Inference.Storage;

namespace ChatApp.Inference.Ollama;

internal static class OllamaExtensions
{
    /// <summary>Adds the management of Ollama's models.</summary>
    public static void AddOllama(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(PullOptions.Section);
        var services = builder.Services;
        services.AddOptions<PullOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(OllamaClients.ClientName).AddStreamingDefaults(static bounds =>
        {
            bounds.ConnectTimeout = TimeSpan.FromSeconds(3);
            bounds.FirstByteTimeout = TimeSpan.FromSeconds(15);
            bounds.IdleTimeout = TimeSpan.FromSeconds(15);
        });
        var idle = section.GetValue<TimeSpan?>(nameof(PullOptions.IdleTimeout)) ?? new PullOptions().IdleTimeout;
        services.AddHttpClient(OllamaClients.PullClientName).AddStreamingDefaults(bounds =>
        {
            bounds.FirstByteTimeout = idle;
            bounds.IdleTimeout = idle;
        });
        services.AddSingleton<OllamaClients>();
        services.AddSingleton<LocalModels>();
        services.AddSingleton<PullReading>();
        services.AddSingleton<PullEvents>();
        services.AddSingleton<IPullStore>(static services => services.GetRequiredService<GatewayStorage>() is { IsConfigured: true } storage
            ? new PostgresPullStore(storage)
            : new MemoryPullStore());
        services.AddSingleton<ModelPulls>();
        services.AddHostedService(static services => services.GetRequiredService<ModelPulls>());
    }
}
