namespace ChatApp.Api.Accounts.Access;

internal static class AccessExtensions
{
    /// <summary>Who may do what, and what no longer counts.</summary>
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<RevocationStore>();
        services.AddSingleton<AccessCutoffs>();
        services.AddHostedService<AccessFollowing>();
        services.AddSingleton<LastUses>();
        services.AddHostedService<LastUseWriting>();
        Policies.Add(services.AddAuthorizationBuilder());
    }
}
