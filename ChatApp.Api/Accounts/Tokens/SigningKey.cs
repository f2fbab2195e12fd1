using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace ChatApp.Api.Accounts.Tokens;

/// <summary>A key on P-256 that signs access tokens with ES256 (RFC 7518, 3.4).</summary>
internal sealed class SigningKey
{
    private const string Purpose = "signing-key";

    private SigningKey(string id, DateTimeOffset signsFrom, ECDsa key)
    {
        (Id, SignsFrom) = (id, signsFrom);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Public = new PublicSigningKey(id, Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
        // Signers are not kept: those of some versions of the library may not be used by two threads at once.
        Key = new ECDsaSecurityKey(key) { KeyId = id, CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
    }

    /// <summary>The <c>kid</c>.</summary>
    public string Id { get; }

    /// <summary>From when on it signs, until the next one does.</summary>
    public DateTimeOffset SignsFrom { get; }

    public ECDsaSecurityKey Key { get; }

    public PublicSigningKey Public { get; }

    /// <summary>Makes a key, as the row to store.</summary>
    public static SigningKeyRow Create(SecretBox secrets, DateTimeOffset now, DateTimeOffset signsFrom)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Thumbprint(key);
        var content = key.ExportPkcs8PrivateKey();
        try
        {
            return new SigningKeyRow
            {
                Id = id,
                PublicKey = key.ExportSubjectPublicKeyInfo(),
                SealedKey = secrets.Seal($"{Purpose}:{id}", content),
                CreatedAt = now,
                SignsFrom = signsFrom,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Reads a stored key.</summary>
    /// <returns>Null when it was sealed with another secret, or is not what was stored.</returns>
    public static SigningKey? Open(SecretBox secrets, SigningKeyRow row)
    {
        if (secrets.Open($"{Purpose}:{row.Id}", row.SealedKey) is not { } content)
        {
            return null;
        }

        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(content, out _);
        CryptographicOperations.ZeroMemory(content);
        return new SigningKey(row.Id, row.SignsFrom, key);
    }

    // RFC 7638: the members that make the key, in the order of their names.
    private static string Thumbprint(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var text = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}""";
        return Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
    }
}
