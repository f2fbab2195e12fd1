namespace ChatApp.Web.Memory;

/// <summary>Registers what the pages know of memories.</summary>
internal static class MemoryServices
{
    /// <summary>Adds <see cref="MemoryApi"/>.</summary>
    public static void AddMemory(this IServiceCollection services) => services.AddTransient<MemoryApi>();
}
