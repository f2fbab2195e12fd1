namespace ChatApp.Api.Accounts.Sessions;

internal static class SessionExtensions
{
    /// <summary>Sessions, which refresh tokens go on with.</summary>
    public static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionEnding>();
        services.AddSingleton<SessionIssuer>();
        services.AddHostedService<AccessRetention>();
    }
}
