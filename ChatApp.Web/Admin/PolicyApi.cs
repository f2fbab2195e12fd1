using ChatApp.Web.Api;

namespace ChatApp.Web.Admin;

/// <summary>The moderation policies, as the Api gives them to administrators. Throws as <see cref="ApiClient"/> does.</summary>
internal sealed class PolicyApi(ApiClient api)
{
    private const string Root = "api/admin/moderation/policies";

    /// <summary>The policies that there are.</summary>
    public async Task<List<PolicySummary>> ListAsync(CancellationToken cancellationToken)
        => (await api.GetAsync(Root, ApiJson.Default.ItemListPolicySummary, cancellationToken)).Items;

    /// <summary>A policy in its newest version; a 404 problem where nobody set one.</summary>
    public Task<ModerationPolicy> GetAsync(string scope, CancellationToken cancellationToken)
        => api.GetAsync(Of(scope), ApiJson.Default.ModerationPolicy, cancellationToken);

    /// <summary>Saves a policy as its next version; a 412 problem when somebody else did meanwhile. Version 0 is the first.</summary>
    public Task<ModerationPolicy> PutAsync(string scope, int version, PolicyChange change, CancellationToken cancellationToken)
        => api.PutAsync(Of(scope), version, change, ApiJson.Default.PolicyChange, ApiJson.Default.ModerationPolicy, cancellationToken);

    /// <summary>Takes a policy away: the site's holds again.</summary>
    public Task DeleteAsync(string scope, CancellationToken cancellationToken) => api.DeleteAsync(Of(scope), cancellationToken);

    /// <summary>A page of its versions, newest first.</summary>
    public Task<Page<ModerationPolicy>> ListVersionsAsync(string scope, string? cursor, CancellationToken cancellationToken)
        => api.GetAsync(Queries.Add($"{Of(scope)}/versions", ("cursor", cursor)), ApiJson.Default.PageModerationPolicy, cancellationToken);

    private static string Of(string scope) => $"{Root}/{Uri.EscapeDataString(scope)}";
}
