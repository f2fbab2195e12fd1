namespace ChatApp.Api.Models;

internal static class ModelExtensions
{
    /// <summary>What is known of models; needed by every role.</summary>
    public static void AddModels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ModelCatalog>();
    }

    /// <summary>What embeds texts, where a model for it is configured; needed by every role.</summary>
    public static void AddTextEmbedder(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        if (string.IsNullOrWhiteSpace(builder.Configuration[$"{EmbeddingOptions.Section}:{nameof(EmbeddingOptions.Model)}"]))
        {
            services.AddSingleton<ITextEmbedder, NoTextEmbedder>();
            return;
        }

        services.AddOptions<InferenceOptions>().BindConfiguration(InferenceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<EmbeddingOptions>().BindConfiguration(EmbeddingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(TextEmbedder.HttpClient).AddHttpMessageHandler(static () => new CallOriginHandler()).AddStreamingDefaults().SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<ITextEmbedder, TextEmbedder>();
    }

    /// <summary>The clients that ask the gateway; needed by workers.</summary>
    public static void AddModelClients(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<InferenceOptions>().BindConfiguration(InferenceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ModelClients>();
        services.AddSingleton<ITokenCounter, TokenCounter>();

        // A turn has its own patience, and is the only one to try again.
        services.AddHttpClient(ModelClients.HttpClient).AddHttpMessageHandler(static () => new CallOriginHandler()).AddStreamingDefaults().SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }
}
