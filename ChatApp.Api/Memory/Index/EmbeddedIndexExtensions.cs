using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChatApp.Api.Memory.Index;

internal static class EmbeddedIndexExtensions
{
    /// <summary>The index that each process keeps of what it searches, over the rows in Postgres; for where there is no other.</summary>
    public static void AddEmbeddedMemoryIndex(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<EmbeddedIndexOptions>().BindConfiguration(EmbeddedIndexOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<EmbeddedRows>();
        builder.Services.AddSingleton<EmbeddedScopes>();
        builder.Services.TryAddSingleton<IMemoryIndex, EmbeddedMemoryIndex>();
    }
}
