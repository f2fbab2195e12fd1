using ChatApp.Inference.Admin;
using ChatApp.Inference.Telemetry;

namespace ChatApp.Inference.Metering;

internal static class MeteringExtensions
{
    private const string CurrencyKey = "Gateway:Currency";

    /// <summary>Adds what observes calls, the ledger of usage, and budgets.</summary>
    public static void AddMetering(this IServiceCollection services)
    {
        services.AddOptions<MeteringOptions>()
            .BindConfiguration(MeteringOptions.Section)
            .Configure<IConfiguration>(static (options, configuration) => options.Currency = configuration[CurrencyKey] ?? options.Currency)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<BudgetOptions>().BindConfiguration(BudgetOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<GenAiMetrics>();
        services.AddSingleton<UsageLedger>();
        services.AddSingleton<UsageStore>();
        services.AddSingleton<UsageReport>();
        services.AddSingleton<UsageWriter>();
        services.AddHostedService(static provider => provider.GetRequiredService<UsageWriter>());
        services.AddSingleton<BudgetBook>();
        services.AddSingleton<BudgetAccounts>();
        services.AddSingleton<BudgetReader>();
        services.AddSingleton<BudgetStore>();
        services.AddSingleton<BudgetServices>();
        services.AddHostedService<BudgetFollowing>();
    }
}
