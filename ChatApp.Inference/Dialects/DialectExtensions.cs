using ChatApp.Inference.Dialects.Anthropic;

namespace ChatApp.Inference.Dialects;

/// <summary>The dialects of all kinds of engines.</summary>
internal static class DialectExtensions
{
    public static void AddDialects(this IServiceCollection services)
    {
        services.AddSingleton<IDialect, OpenAIDialect>();
        services.AddSingleton<IDialect, AzureOpenAIDialect>();
        services.AddSingleton<IDialect, AnthropicDialect>();
        services.AddSingleton<DialectCatalog>();
    }
}
