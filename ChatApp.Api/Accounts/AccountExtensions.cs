using System.Net;
using System.Threading.RateLimiting;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Keys;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Accounts.Tokens;
using ChatApp.Api.Errors;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts;

internal static class AccountExtensions
{
    public const string RateLimit = "auth";

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

        services.AddRateLimiter(static limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = static (rejected, _) => new ValueTask(Problems.TooMany(
                rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var delay) ? delay : TimeSpan.FromMinutes(1),
                "Too many attempts from this address. Wait a little.").ExecuteAsync(rejected.HttpContext));
            limiter.AddPolicy(RateLimit, static context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress ?? IPAddress.None,
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = context.RequestServices.GetRequiredService<IOptions<AuthOptions>>().Value.AttemptsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                }));
        });

        services.Configure<ForwardedHeadersOptions>(static options =>
        {
            // The site and the platform's ingress stand in front of this service, on the same machine or private network;
            // without what they forward, all people would share one address and its limit.
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            foreach (var network in PrivateNetworks)
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
    }

    public static void UseAccounts(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseApiScopes();
        app.UseAuthorization();
    }

    private static readonly string[] PrivateNetworks = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];
}
