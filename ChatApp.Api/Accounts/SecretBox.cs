using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Accounts;

/// <summary>
/// Closes and proves what leaves this service's hands, also into its own database: AES-256-GCM and HMAC-SHA256, with a key for each
/// purpose that HKDF (RFC 5869) derives from <see cref="AuthOptions.Secret"/>. Every process with the same secret can open it.
/// </summary>
internal sealed class SecretBox(IOptions<AuthOptions> options)
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly ConcurrentDictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    /// <summary>Closes <paramref name="content"/> for one purpose.</summary>
    /// <returns>Base64url of nonce, ciphertext and tag; another text every time.</returns>
    public string Seal(string purpose, ReadOnlySpan<byte> content)
    {
        var box = new byte[NonceSize + content.Length + TagSize];
        var nonce = box.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(Key("seal", purpose), TagSize);
        cipher.Encrypt(nonce, content, box.AsSpan(NonceSize, content.Length), box.AsSpan(NonceSize + content.Length));
        return Base64Url.EncodeToString(box);
    }

    /// <summary>Opens what <see cref="Seal"/> closed for the same purpose.</summary>
    /// <returns>The content; null when it is not one of ours, or was changed.</returns>
    public byte[]? Open(string purpose, string sealedText)
    {
        if (!Base64Url.IsValid(sealedText, out var size) || size < NonceSize + TagSize)
        {
            return null;
        }

        var box = Base64Url.DecodeFromChars(sealedText);
        var content = new byte[box.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(Key("seal", purpose), TagSize);
        try
        {
            cipher.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize, content.Length), box.AsSpan(NonceSize + content.Length), content);
            return content;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The 32 bytes that prove that whoever made them had the secret. Compare by <see cref="CryptographicOperations.FixedTimeEquals"/>.</summary>
    public byte[] Mac(string purpose, ReadOnlySpan<byte> content) => HMACSHA256.HashData(Key("mac", purpose), content);

    private byte[] Key(string use, string purpose) => _keys.GetOrAdd($"{use}:{purpose}", (info, secret) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeySize, "chatapp"u8.ToArray(), Encoding.UTF8.GetBytes(info)), options.Value.Secret);
}
