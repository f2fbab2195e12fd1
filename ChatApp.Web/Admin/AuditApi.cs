using ChatApp.Web.Api;

namespace ChatApp.Web.Admin;

/// <summary>The audit log, as the Api gives it to administrators. Throws as <see cref="ApiClient"/> does.</summary>
internal sealed class AuditApi(ApiClient api)
{
    private const string Root = "api/admin/audit";

    /// <summary>A page of entries, newest first.</summary>
    public Task<Page<AuditItem>> ListAsync(AuditQuery query, string? cursor, CancellationToken cancellationToken)
        => api.GetAsync(Queries.Add(Root, [.. query.Parameters, ("cursor", cursor)]), ApiJson.Default.PageAuditItem, cancellationToken);

    /// <summary>Looks whether every entry is as it was written. It takes longer the longer the log is.</summary>
    public Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
        => api.PostAsync($"{Root}/verification", ApiJson.Default.AuditVerification, cancellationToken);

    /// <summary>What came of it the last time; a 404 problem before the first.</summary>
    public Task<AuditVerification> GetVerificationAsync(CancellationToken cancellationToken)
        => api.GetAsync($"{Root}/verification", ApiJson.Default.AuditVerification, cancellationToken);
}
