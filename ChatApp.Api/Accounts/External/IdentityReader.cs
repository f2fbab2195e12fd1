using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;

namespace ChatApp.Api.Accounts.External;

/// <summary>Finds out who came back from a provider.</summary>
internal sealed class IdentityReader(ProviderClient client, OpenIdDiscovery discovery, IdTokens tokens)
{
    private const int MaxSubject = 255;

    /// <exception cref="ExternalSignInException">The provider does not say, or proves it badly.</exception>
    public async Task<ExternalIdentity> ReadAsync(ExternalProvider provider, ExternalState state, string code, CancellationToken cancellationToken)
    {
        var endpoints = await discovery.EndpointsAsync(provider, cancellationToken);
        var answer = await client.ExchangeAsync(provider, endpoints, state, code, cancellationToken);
        var accessToken = Text(answer, "access_token");
        var identity = provider.IsOpenId
            ? await FromIdTokenAsync(provider, endpoints, state, Text(answer, "id_token"), accessToken, cancellationToken)
            : await FromUserAsync(provider, endpoints, accessToken, cancellationToken);
        return identity.Subject.Length is > 0 and <= MaxSubject
            ? identity
            : throw new ExternalSignInException(ExternalFailure.Refused, "the provider does not say who it is");
    }

    private async Task<ExternalIdentity> FromIdTokenAsync(
        ExternalProvider provider, ProviderEndpoints endpoints, ExternalState state, string? idToken, string? accessToken, CancellationToken cancellationToken)
    {
        if (idToken is null)
        {
            throw new ExternalSignInException(ExternalFailure.Refused, "there is no ID token");
        }

        var claims = await tokens.ReadAsync(provider, idToken, state.Nonce, cancellationToken);
        var identity = new ExternalIdentity(claims.Sub, Claim(claims, "email"), IsTrue(Claim(claims, "email_verified")), Claim(claims, "name"));
        if (identity.Email is not null || endpoints.User is null || accessToken is null)
        {
            return identity;
        }

        // Some put only the subject into the token. Whatever is said beside it must be of the same subject.
        var user = await client.ReadAsync(endpoints.User, accessToken, cancellationToken);
        return string.Equals(Text(user, "sub"), identity.Subject, StringComparison.Ordinal)
            ? new ExternalIdentity(identity.Subject, Text(user, "email"), IsTrue(Text(user, "email_verified")), identity.Name ?? Text(user, "name"))
            : throw new ExternalSignInException(ExternalFailure.Refused, "token and user are not the same");
    }

    private async Task<ExternalIdentity> FromUserAsync(
        ExternalProvider provider, ProviderEndpoints endpoints, string? accessToken, CancellationToken cancellationToken)
    {
        if (accessToken is null)
        {
            throw new ExternalSignInException(ExternalFailure.Refused, "there is no access token");
        }

        var user = await client.ReadAsync(endpoints.User!, accessToken, cancellationToken);
        var (email, isVerified) = (Text(user, provider.EmailClaim), provider.EmailVerifiedClaim is { } claim && IsTrue(Text(user, claim)));
        if (provider.EmailEndpoint is { } addresses && await client.ReadAsync(addresses, accessToken, cancellationToken) is { ValueKind: JsonValueKind.Array } list)
        {
            var main = list.EnumerateArray().FirstOrDefault(static entry => IsTrue(Text(entry, "primary")) && IsTrue(Text(entry, "verified")));
            (email, isVerified) = main.ValueKind == JsonValueKind.Object ? (Text(main, "email"), true) : (email, false);
        }

        return new ExternalIdentity(Text(user, provider.SubjectClaim) ?? "", email, isVerified, Text(user, provider.NameClaim));
    }

    private static string? Claim(JwtPayload claims, string name) => claims.TryGetValue(name, out var value) ? value?.ToString() : null;

    private static string? Text(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            }
            : null;

    // Some write it as a text.
    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
