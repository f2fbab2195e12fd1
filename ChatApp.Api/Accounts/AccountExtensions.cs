using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Limits.Requests;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.HttpOverrides;

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

        services.Configure<ForwardedHeadersOptions>(static options =>
        {
            // The site and the platform's ingress stand in front of this service, on the same machine or private network;
            // without what they forward, all people would share one address and its limit.
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var network in CallerAddress.Private)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
    }

    public static void UseAccounts(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseAuthentication();
        app.UseRequestLimits();
        app.UseAuthorization();
    }
}
