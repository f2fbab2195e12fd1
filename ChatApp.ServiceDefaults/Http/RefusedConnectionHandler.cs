namespace ChatApp.ServiceDefaults.Http;

/// <summary>
/// Tries again at once when a connection was refused. Nothing has been sent then, so this is safe for every method, and a
/// service with several addresses is reached at the next one while one of its processes is gone.
/// </summary>
internal sealed class RefusedConnectionHandler : DelegatingHandler
{
    // Addresses take turns among all requests, so that a request may meet the one that is gone more than once.
    private const int Attempts = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError && attempt < Attempts)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
