using ChatApp.Api.Memory.Index.Following;
using ChatApp.Api.Memory.Index.Qdrant;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatApp.Api.Memory.Index;

internal static class MemoryIndexExtensions
{
    /// <summary>What finds memories; needed by every role. With a connection string Qdrant does, else the index over Postgres.</summary>
    public static void AddMemoryIndex(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<MemoryIndexKind>();
        services.AddSingleton<MemoryIndexStore>();
        services.AddSingleton<MemoryIndexReport>();
        if (QdrantAddress.From(builder.Configuration) is not { } address)
        {
            builder.AddEmbeddedMemoryIndex();
            return;
        }

        services.AddSingleton(address);
        services.AddOptions<QdrantOptions>().BindConfiguration(QdrantOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(QdrantConnection.HttpClient, client =>
        {
            client.BaseAddress = address.Endpoint;
            if (address.Key is { } key)
            {
                client.DefaultRequestHeaders.Add("api-key", key);
            }
        });
        services.AddSingleton<QdrantConnection>();
        services.AddSingleton<QdrantCollections>();
        services.AddSingleton<MemoryIndexCache>();
        services.AddSingleton<QueryTerms>();
        services.AddSingleton<IMemoryIndex, QdrantMemoryIndex>();
        services.AddHealthChecks().AddCheck<QdrantHealth>("qdrant", HealthStatus.Degraded);
    }

    /// <summary>What keeps it as the rows are; needed by workers.</summary>
    public static void AddMemoryIndexWork(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<RebuildStore>();
        services.AddSingleton<TermsRebuild>();
        services.AddSingleton<ScopeClaims>();
        services.AddSingleton<MemoryRebuild>();
        services.AddHostedService(static provider => provider.GetRequiredService<MemoryRebuild>());
        services.AddSingleton<UnembeddedMemories>();
        services.AddSingleton<MemoryEmbedding>();
        services.AddHostedService(static provider => provider.GetRequiredService<MemoryEmbedding>());
        if (QdrantAddress.From(builder.Configuration) is null)
        {
            return;
        }

        services.AddSingleton<MemoryPointReader>();
        services.AddSingleton<ScopeChanges>();
        services.AddSingleton<ScopeTelling>();
        services.AddSingleton<QdrantRebuild>();
        services.AddSingleton<MemoryIndexFollowing>();
        services.AddHostedService(static provider => provider.GetRequiredService<MemoryIndexFollowing>());
    }
}
