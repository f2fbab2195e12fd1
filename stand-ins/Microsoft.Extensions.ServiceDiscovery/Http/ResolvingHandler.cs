namespace Microsoft.Extensions.ServiceDiscovery.Http;

internal sealed class ResolvingHandler(ServiceAddresses addresses) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var logical = request.RequestUri;
        if (logical is { IsAbsoluteUri: true })
        {
            request.RequestUri = addresses.Resolve(logical);
        }

        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A retry resolves again, and so may reach another instance.
            request.RequestUri = logical;
        }
    }
}
