using System.Text.Json.Serialization;

namespace ChatApp.Api.Accounts.Tokens;

/// <summary>A public key as a JSON Web Key (RFC 7517).</summary>
/// <param name="Kid">The id that tokens name in their header.</param>
/// <param name="X">The point's x coordinate, base64url.</param>
/// <param name="Y">The point's y coordinate, base64url.</param>
public sealed record PublicSigningKey(string Kid, string X, string Y)
{
    /// <summary>The kind of key.</summary>
    [JsonInclude]
    public string Kty => "EC";

    /// <summary>The curve.</summary>
    [JsonInclude]
    public string Crv => "P-256";

    /// <summary>The algorithm, the only one that tokens are signed with.</summary>
    [JsonInclude]
    public string Alg => "ES256";

    /// <summary>What it is for.</summary>
    [JsonInclude]
    public string Use => "sig";
}
