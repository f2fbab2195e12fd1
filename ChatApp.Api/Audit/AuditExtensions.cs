namespace ChatApp.Api.Audit;

internal static class AuditExtensions
{
    /// <summary>What the log is written with.</summary>
    public static void AddAudit(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<AuditLog>();
}
