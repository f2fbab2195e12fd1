using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Knowledge.Parsing;
using ChatApp.Api.Knowledge.Reading;
using ChatApp.Api.Knowledge.Search;
using ChatApp.Api.Knowledge.Uploads;

namespace ChatApp.Api.Knowledge;

internal static class KnowledgeExtensions
{
    /// <summary>What answers HTTP about documents.</summary>
    public static void AddDocuments(this IHostApplicationBuilder builder)
    {
        builder.AddKnowledgeOptions();
        builder.Services.AddSingleton<DocumentStore>();
        builder.Services.AddSingleton<DocumentAcceptance>();
        builder.Services.AddSingleton<UploadReader>();
        builder.Services.AddSingleton<UploadSlots>();
    }

    /// <summary>What reads documents, and finds what they say.</summary>
    public static void AddKnowledgeWorker(this IHostApplicationBuilder builder)
    {
        builder.AddKnowledgeOptions();
        var services = builder.Services;
        services.AddSingleton<ParserProcess>();
        services.AddSingleton<DocumentStore>();
        services.AddSingleton<DocumentQueue>();
        services.AddSingleton<ChunkStore>();
        services.AddSingleton<DocumentReader>();
        services.AddSingleton<DocumentWork>();
        services.AddHostedService(static provider => provider.GetRequiredService<DocumentWork>());
        services.AddHostedService<ChunkEmbeddingWork>();
        services.AddSingleton<ChunkIndexCache>();
        services.AddSingleton<ChunkLookup>();
        services.AddSingleton<IKnowledgeSearch, KnowledgeSearch>();
    }

    private static void AddKnowledgeOptions(this IHostApplicationBuilder builder) =>
        builder.Services.AddOptions<KnowledgeOptions>().BindConfiguration(KnowledgeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
}
