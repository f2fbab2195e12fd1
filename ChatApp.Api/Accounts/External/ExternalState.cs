using System.Text.Json.Serialization;

namespace ChatApp.Api.Accounts.External;

/// <summary>What is known again when somebody comes back from a provider.</summary>
/// <param name="Id">Comes back once.</param>
/// <param name="Provider">Where they were sent.</param>
/// <param name="RedirectUri">Where they were to come back to.</param>
/// <param name="Nonce">What the ID token has to repeat.</param>
/// <param name="Verifier">What the provider was given the hash of (RFC 7636).</param>
/// <param name="ExpiresAt">When it is too late.</param>
/// <param name="UserId">The account that the login is for; null for signing in.</param>
internal sealed record ExternalState(
    [property: JsonPropertyName("i")] Guid Id,
    [property: JsonPropertyName("p")] string Provider,
    [property: JsonPropertyName("r")] string RedirectUri,
    [property: JsonPropertyName("n")] string Nonce,
    [property: JsonPropertyName("v")] string Verifier,
    [property: JsonPropertyName("e")] DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("u")] Guid? UserId);
