namespace ChatApp.Api.Turns.Events;

internal static class TurnReaderExtensions
{
    /// <summary>What lets people follow turns.</summary>
    public static void AddTurnReaders(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<TurnFeeds>();
        services.AddSingleton<FollowedTurnStore>();
        services.AddSingleton<CursorCheck>();
        services.AddSingleton<ReaderLimit>();
        services.AddSingleton<OpenReaders>();
        services.AddHostedService(static services => services.GetRequiredService<OpenReaders>());
        services.AddHostedService<FeedWatch>();
    }
}
