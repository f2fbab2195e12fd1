using ChatApp.Api.Memory.Commands;
using ChatApp.Api.Memory.Facts;
using ChatApp.Api.Memory.Remembering;

namespace ChatApp.Api.Memory;

internal static class MemoryExtensions
{
    /// <summary>The store; needed by every role.</summary>
    public static void AddMemory(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MemoryStore>();
        builder.Services.AddSingleton<MemorySettingsStore>();
        builder.Services.AddSingleton<MemoryFinder>();
        builder.Services.AddSingleton<MemoryExport>();
    }

    /// <summary>What remembers; needed by workers.</summary>
    public static void AddMemoryWorker(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConversationMemories>();
        builder.Services.AddSingleton<IMemoryCommands, MemoryCommands>();
        builder.AddFacts();
        builder.Services.AddHostedService<RememberingWork>();
        builder.Services.AddHostedService<RemovalPruning>();
    }
}
