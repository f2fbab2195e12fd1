namespace ChatApp.Api.Retrieval;

internal static class RetrievalExtensions
{
    /// <summary>What everything that is searched shares; needed by every role.</summary>
    public static void AddRetrieval(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RetrievalOptions>().BindConfiguration(RetrievalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<TextAnalysis>();
    }
}
