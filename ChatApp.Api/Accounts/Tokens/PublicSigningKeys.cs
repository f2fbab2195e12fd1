namespace ChatApp.Api.Accounts.Tokens;

/// <summary>The keys that access tokens are checked with, as a JSON Web Key Set (RFC 7517).</summary>
/// <param name="Keys">The key that signs now, those whose tokens may still be good, and the one that comes next.</param>
public sealed record PublicSigningKeys(IReadOnlyList<PublicSigningKey> Keys);
