namespace ChatApp.Api.Memory.Recall;

internal static class RecallExtensions
{
    /// <summary>What characters are reminded of; needed by workers. The index is registered apart.</summary>
    public static void AddMemoryRecall(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RecallStore>();
        builder.Services.AddSingleton<IMemoryRecall, IndexedMemoryRecall>();
    }
}
