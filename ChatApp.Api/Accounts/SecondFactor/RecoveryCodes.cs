using System.Security.Cryptography;
using System.Text;

namespace ChatApp.Api.Accounts.SecondFactor;

/// <summary>Codes for the day when the phone is lost. Of each only a code made with a key that is not in the database is kept.</summary>
internal sealed class RecoveryCodes(SecretBox secrets)
{
    public const int Count = 10;

    private const string Purpose = "recovery code";

    // Without letters that look like digits: they are written down.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Half = 5;

    /// <returns>Ten codes like <c>7hk2m-q9xzr</c>, of 49 random bits each.</returns>
    public static string[] Make() =>
        [.. Enumerable.Range(0, Count).Select(static _ => $"{RandomNumberGenerator.GetString(Alphabet, Half)}-{RandomNumberGenerator.GetString(Alphabet, Half)}")];

    /// <summary>What is kept of a code, however it was typed.</summary>
    public byte[] Kept(Guid userId, string code) => secrets.Mac(Purpose, Encoding.UTF8.GetBytes($"{userId:N} {Plain(code)}"));

    private static string Plain(string code) => string.Concat(code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
}
