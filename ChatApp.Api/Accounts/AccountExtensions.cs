using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Keys;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Accounts.Tokens;
using ChatApp.Api.Limits.Requests;

namespace ChatApp.Api.Accounts;

internal static class AccountExtensions
{
    public static void AddAccounts(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SecretBox>();
        services.AddIdentity();

        services.AddCallers();
        services.AddAccess();
        services.AddAccessTokens();
        services.AddSessions();
        services.AddApiKeys();
    }

    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRequestLimits();
        app.UseApiScopes();
        app.UseAuthorization();
    }
}
