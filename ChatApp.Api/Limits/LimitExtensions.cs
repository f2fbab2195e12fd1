using ChatApp.Api.Limits.Attempts;
using ChatApp.Api.Limits.People;
using ChatApp.Api.Limits.Requests;
using ChatApp.Api.Limits.Tokens;
using ChatApp.Api.Limits.Windows;

namespace ChatApp.Api.Limits;

internal static class LimitExtensions
{
    /// <summary>What both roles need: turns end in workers, and what they took is counted there.</summary>
    public static void AddTokenCounting(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LimitRedis>();
        services.AddSingleton<TokenChargeStore>();
        services.AddSingleton<QuotaCounters>();
        services.AddSingleton<TokenSettlement>();
    }

    /// <summary>What judges requests, turns and attempts.</summary>
    public static void AddLimits(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<LocalWindows>();
        services.AddSingleton<WindowLimiter>();
        services.AddSingleton<RequestRules>();
        services.AddSingleton<PersonLimitStore>();
        services.AddSingleton<PersonLimitBook>();
        services.AddHostedService(static provider => provider.GetRequiredService<PersonLimitBook>());
        services.AddSingleton<TokenQuota>();
        services.AddSingleton<ITokenQuota>(static provider => provider.GetRequiredService<TokenQuota>());
        services.AddSingleton<MeteredAcceptance>();
        services.AddSingleton<AttemptRules>();
        services.AddSingleton<IAttemptLimiter, AttemptLimiter>();
    }

    /// <summary>What forgets of the past.</summary>
    public static void AddLimitWork(this IHostApplicationBuilder builder) => builder.Services.AddHostedService<ChargePruning>();
}
