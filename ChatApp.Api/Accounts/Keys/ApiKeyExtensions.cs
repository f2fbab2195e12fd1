using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace ChatApp.Api.Accounts.Keys;

internal static class ApiKeyExtensions
{
    private const string Either = "Caller";

    /// <summary>Access tokens and API keys, which both come as bearers: a key is known by what it begins with.</summary>
    public static void AddCallers(this IServiceCollection services) => services.AddAuthentication(Either)
        .AddJwtBearer()
        .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
        .AddPolicyScheme(Either, null, static options => options.ForwardDefaultSelector =
            static context => ApiKeyHandler.IsFor(context.Request) ? ApiKeyHandler.SchemeName : JwtBearerDefaults.AuthenticationScheme);

    /// <summary>Keys for programs.</summary>
    public static void AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<ApiKeyLookup>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<ApiKeyUses>();
    }
}
