using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ChatApp.Api.Accounts.Keys;

/// <summary>An API key as its holder has it: <c>cak_</c>, the prefix that is shown, and the secret, of which only a hash is stored.</summary>
/// <param name="Prefix">10 small letters and digits.</param>
/// <param name="Secret">256 random bits, base64url.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ApiKeyText(string Prefix, string Secret)
{
    /// <summary>What every key begins with, so that people and scanners for leaked secrets know it.</summary>
    public const string Beginning = "cak_";

    private const int PrefixLength = 10;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    /// <summary>What is stored of the secret. It is random, so that a fast hash is enough.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    public static ApiKeyText Create() => new(
        RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", PrefixLength),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Reads a key; null when it cannot be one.</summary>
    public static ApiKeyText? Read(string text) =>
        text.Length == Beginning.Length + PrefixLength + 1 + SecretLength
        && text.StartsWith(Beginning, StringComparison.Ordinal)
        && text[Beginning.Length + PrefixLength] == '_'
        && text.All(char.IsAscii)
            ? new ApiKeyText(text.Substring(Beginning.Length, PrefixLength), text[^SecretLength..])
            : null;

    public override string ToString() => $"{Beginning}{Prefix}_{Secret}";
}
