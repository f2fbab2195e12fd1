namespace ChatApp.Api.Accounts.Tokens;

/// <summary>A row of <c>signing_keys</c>.</summary>
internal sealed record SigningKeyRow
{
    /// <summary>The thumbprint of the public key (RFC 7638), which is the <c>kid</c> of tokens.</summary>
    public string Id { get; init; } = "";

    /// <summary>SubjectPublicKeyInfo (RFC 5280).</summary>
    public byte[] PublicKey { get; init; } = [];

    /// <summary>The private key (PKCS #8), sealed.</summary>
    public string SealedKey { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset SignsFrom { get; init; }
}
