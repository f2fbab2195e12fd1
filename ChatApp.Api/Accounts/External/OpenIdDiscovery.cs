using System.Collections.Concurrent;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ChatApp.Api.Accounts.External;

/// <summary>What OpenID Connect providers say of themselves (OpenID Connect Discovery 1.0), kept and read again in time.</summary>
internal sealed class OpenIdDiscovery(ProviderClient client)
{
    private const string WellKnown = "/.well-known/openid-configuration";

    private readonly ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>> _documents = new(StringComparer.Ordinal);

    /// <summary>The provider's document and keys.</summary>
    /// <exception cref="ExternalSignInException">It cannot be had, or is another issuer's.</exception>
    public async Task<OpenIdConnectConfiguration> GetAsync(ExternalProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            var document = await Manager(provider).GetConfigurationAsync(cancellationToken);
            return IsOf(document, provider) ? document : throw new ExternalSignInException(ExternalFailure.Unavailable, "the discovery document is another issuer's");
        }
        catch (Exception failure) when (failure is not ExternalSignInException && !cancellationToken.IsCancellationRequested)
        {
            throw new ExternalSignInException(ExternalFailure.Unavailable, "the discovery document cannot be had", failure);
        }
    }

    /// <summary>Has the document read again, because a token names a key that is not in it.</summary>
    public void Refresh(ExternalProvider provider) => Manager(provider).RequestRefresh();

    /// <summary>Where the provider is asked what.</summary>
    public async Task<ProviderEndpoints> EndpointsAsync(ExternalProvider provider, CancellationToken cancellationToken)
    {
        if (!provider.IsOpenId)
        {
            return new ProviderEndpoints(provider.AuthorizationEndpoint!, provider.TokenEndpoint!, provider.UserEndpoint, WantsBasic: false);
        }

        var document = await GetAsync(provider, cancellationToken);
        var methods = document.TokenEndpointAuthMethodsSupported;
        return new ProviderEndpoints(
            Safe(document.AuthorizationEndpoint) ?? throw Incomplete(),
            Safe(document.TokenEndpoint) ?? throw Incomplete(),
            Safe(document.UserInfoEndpoint),
            // Where nothing is said, the header is what is taken (OpenID Connect Core, 9); all that take the form say so.
            WantsBasic: !methods.Contains("client_secret_post", StringComparer.Ordinal));
    }

    private static bool IsOf(OpenIdConnectConfiguration document, ExternalProvider provider) =>
        string.Equals(document.Issuer?.TrimEnd('/'), provider.Issuer!.OriginalString.TrimEnd('/'), StringComparison.Ordinal);

    private static Uri? Safe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && ExternalOptionsCheck.IsSafe(uri) ? uri : null;

    private static ExternalSignInException Incomplete() => new(ExternalFailure.Unavailable, "the discovery document lacks an endpoint");

    private ConfigurationManager<OpenIdConnectConfiguration> Manager(ExternalProvider provider) => _documents.GetOrAdd(
        provider.Name,
        static (_, of) => new(of.Address, new OpenIdConnectConfigurationRetriever(), of.Client),
        (Address: provider.Issuer!.AbsoluteUri.TrimEnd('/') + WellKnown, Client: client));
}
