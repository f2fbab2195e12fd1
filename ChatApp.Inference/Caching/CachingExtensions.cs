namespace ChatApp.Inference.Caching;

internal static class CachingExtensions
{
    /// <summary>Adds the response cache.</summary>
    public static void AddResponseCache(this IServiceCollection services)
    {
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AnswerCache>();
    }
}
