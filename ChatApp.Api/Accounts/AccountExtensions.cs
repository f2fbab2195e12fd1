using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Limits.Requests;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace ChatApp.Api.Accounts;

internal static class AccountExtensions
{
    public static void AddAccounts(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SecretBox>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<AccessTokens>();

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<AccessTokens>(static (options, tokens) =>
            {
                options.TokenValidationParameters = tokens.Validation;
                // Nobody asks for it again, and a request may last as long as a turn.
                options.SaveToken = false;
            });
        Policies.Add(services.AddAuthorizationBuilder());
    }

    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRequestLimits();
        app.UseAuthorization();
    }
}
