using ChatApp.Api.Audit.Retention;
using ChatApp.Api.Audit.Search;
using ChatApp.Api.Audit.Verification;

namespace ChatApp.Api.Audit;

internal static class AuditExtensions
{
    /// <summary>What the log is written, looked through, proved and shortened with.</summary>
    public static void AddAudit(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AuditWitness>();
        services.AddSingleton<AuditGathering>();
        services.AddSingleton<AuditLog>();
        services.AddHostedService<AuditGatheringWork>();
        services.AddSingleton<AuditSearch>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditPruning>();
        services.AddHostedService<AuditRetention>();
    }
}
