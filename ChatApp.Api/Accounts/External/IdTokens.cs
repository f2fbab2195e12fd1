using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ChatApp.Api.Accounts.External;

/// <summary>Reads ID tokens (OpenID Connect Core 1.0, 3.1.3.7), and believes none that is not signed by its issuer, for us, now, and for this very sign-in.</summary>
internal sealed class IdTokens(OpenIdDiscovery discovery)
{
    private const int MaxSize = 32 * 1024;

    // With a secret that both sides know, whoever has the site's settings could make tokens; and "none" is none.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <exception cref="ExternalSignInException">The token proves nothing.</exception>
    public async Task<JwtPayload> ReadAsync(ExternalProvider provider, string token, string nonce, CancellationToken cancellationToken)
    {
        try
        {
            return Validate(provider, await discovery.GetAsync(provider, cancellationToken), token, nonce);
        }
        catch (SecurityTokenSignatureKeyNotFoundException)
        {
            // The provider may have changed its keys since they were read.
            discovery.Refresh(provider);
        }
        catch (Exception wrong) when (IsAboutTheToken(wrong))
        {
            throw Refused(wrong);
        }

        try
        {
            return Validate(provider, await discovery.GetAsync(provider, cancellationToken), token, nonce);
        }
        catch (Exception wrong) when (IsAboutTheToken(wrong))
        {
            throw Refused(wrong);
        }
    }

    private static JwtPayload Validate(ExternalProvider provider, OpenIdConnectConfiguration document, string token, string nonce)
    {
        var handler = new JwtSecurityTokenHandler { MaximumTokenSizeInBytes = MaxSize };
        handler.ValidateToken(token, Parameters(provider, document), out var validated);
        var jwt = (JwtSecurityToken)validated;
        var payload = jwt.Payload;
        return Algorithms.Contains(jwt.Header.Alg, StringComparer.Ordinal)
            && string.Equals(payload.Nonce, nonce, StringComparison.Ordinal)
            && !string.IsNullOrEmpty(payload.Sub)
            // Of several audiences, the one that it was made for is named.
            && (payload.Azp is null ? payload.Aud.Count == 1 : string.Equals(payload.Azp, provider.ClientId, StringComparison.Ordinal))
            ? payload
            : throw new SecurityTokenValidationException("algorithm, nonce, subject or authorized party");
    }

    private static TokenValidationParameters Parameters(ExternalProvider provider, OpenIdConnectConfiguration document) => new()
    {
        ValidIssuer = document.Issuer,
        ValidAudience = provider.ClientId,
        IssuerSigningKeys = document.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = ClockSkew,
    };

    private static bool IsAboutTheToken(Exception exception) => exception is SecurityTokenException or ArgumentException;

    // The library's message can hold parts of the token.
    private static ExternalSignInException Refused(Exception wrong) => new(ExternalFailure.Refused, $"the ID token proves nothing: {wrong.GetType().Name}");
}
