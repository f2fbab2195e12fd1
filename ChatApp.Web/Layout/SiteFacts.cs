using ChatApp.Web.Api;

namespace ChatApp.Web.Layout;

/// <summary>What the Api says of the site, asked once for each circuit and page.</summary>
internal sealed class SiteFacts(ApiClient api)
{
    /// <summary>What is known already.</summary>
    public SiteInfo? Known { get; set; }

    /// <summary>What the site should tell; null when the Api cannot be reached, which the page around it says.</summary>
    public async Task<SiteInfo?> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Known ??= await api.GetSiteAsync(cancellationToken);
        }
        catch (Exception error) when (error is ApiException or OperationCanceledException)
        {
            return null;
        }
    }
}
