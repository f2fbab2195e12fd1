using System.Threading.RateLimiting;
using ChatApp.Web.Account.External;
using ChatApp.Web.Account.Settings;
using Microsoft.Extensions.Options;

namespace ChatApp.Web.Account;

/// <summary>The pages of accounts.</summary>
internal static class AccountServices
{
    /// <summary>Adds what these pages ask, and the limit on attempts.</summary>
    public static void AddAccount(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddTransient<AccountApi>();
        services.AddSingleton<SignInProviders>();

        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(AccountOptions.AttemptsPolicy, LimitAttempts);
        });
    }

    // Here the address is the visitor's own, and a flood of forms ends before it costs a call.
    private static RateLimitPartition<string> LimitAttempts(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var limit = context.RequestServices.GetRequiredService<IOptions<AccountOptions>>().Value.AttemptsPerMinute;
        return RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(1) });
    }
}
