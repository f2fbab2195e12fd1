using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatApp.Api.Accounts.External;

/// <summary>Sends people to a provider and takes them back: the authorization code flow (RFC 6749, 4.1) with PKCE (RFC 7636).</summary>
internal sealed partial class ExternalSignIn(
    ExternalStates states, OpenIdDiscovery discovery, IdentityReader identities, SiteLinks links, ILogger<ExternalSignIn> logger)
{
    /// <summary>Whether a provider may send people back there.</summary>
    public bool IsOurs(ExternalProvider provider, string redirectUri) => string.Equals(redirectUri, links.ExternalCallback(provider.Name), StringComparison.Ordinal);

    /// <exception cref="ExternalSignInException">The provider cannot be asked where to send people.</exception>
    public async Task<ExternalStart> StartAsync(ExternalProvider provider, string redirectUri, Guid? userId, CancellationToken cancellationToken)
    {
        var endpoints = await discovery.EndpointsAsync(provider, cancellationToken);
        var (state, text) = states.Make(provider.Name, redirectUri, userId);
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = provider.ClientId,
            ["redirect_uri"] = redirectUri,
            ["state"] = text,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(state.Verifier))),
            ["code_challenge_method"] = "S256",
        };
        if (provider.ScopeText.Length > 0)
        {
            query["scope"] = provider.ScopeText;
        }

        if (provider.IsOpenId)
        {
            query["nonce"] = state.Nonce;
        }

        return new ExternalStart(QueryHelpers.AddQueryString(endpoints.Authorization.AbsoluteUri, query), text);
    }

    /// <exception cref="ExternalSignInException">They did not come back as they were sent, or the provider does not say who they are.</exception>
    public async Task<ExternalIdentity> FinishAsync(ExternalProvider provider, ExternalCallback callback, Guid? userId, CancellationToken cancellationToken)
    {
        var state = await states.TakeAsync(callback.State, provider.Name, callback.RedirectUri, userId, cancellationToken);
        return await identities.ReadAsync(provider, state, callback.Code, cancellationToken);
    }

    /// <summary>What people are told when it came to nothing.</summary>
    public ProblemHttpResult Problem(ExternalProvider provider, ExternalSignInException failure)
    {
        LogFailed(provider.Name, failure.Reason, failure.Message, failure.InnerException?.GetType().Name);
        return failure.Reason switch
        {
            ExternalFailure.State => Problems.Because(
                StatusCodes.Status400BadRequest, ProblemCodes.StateNotGood, "This sign-in took too long, or was begun elsewhere or finished already. Begin again."),
            ExternalFailure.Refused => Problems.Because(
                StatusCodes.Status401Unauthorized, ProblemCodes.ExternalRefused, $"{provider.Label} did not confirm who you are. Try again, or sign in another way."),
            _ => Problems.Because(
                StatusCodes.Status502BadGateway, ProblemCodes.ExternalUnavailable, $"{provider.Label} cannot be reached at the moment. Try again in a little while, or sign in another way."),
        };
    }

    [LoggerMessage(LogLevel.Warning, "Signing in by {Provider} came to nothing ({Reason}): {Message} {Cause}")]
    private partial void LogFailed(string provider, ExternalFailure reason, string message, string? cause);
}
