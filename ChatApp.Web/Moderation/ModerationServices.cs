namespace ChatApp.Web.Moderation;

/// <summary>Registers what the pages know of moderation.</summary>
internal static class ModerationServices
{
    /// <summary>Adds <see cref="ModerationApi"/> and <see cref="QueueCount"/>.</summary>
    public static void AddModeration(this IServiceCollection services)
    {
        services.AddTransient<ModerationApi>();
        services.AddScoped<QueueCount>();
    }
}
