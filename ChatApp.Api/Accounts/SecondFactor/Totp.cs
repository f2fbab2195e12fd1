using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatApp.Api.Accounts.SecondFactor;

/// <summary>Time-based one-time passwords (RFC 6238) as authenticator apps make them: HMAC-SHA-1, 6 digits, steps of 30 seconds.</summary>
internal static class Totp
{
    public const int Digits = 6;

    public const int StepSeconds = 30;

    /// <summary>RFC 4226 recommends as many bits as SHA-1 has.</summary>
    private const int SecretSize = 20;

    private const int Modulus = 1_000_000;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretSize);

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step) =>
        (Truncated(secret, step) % Modulus).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>The step that a code is of: now, the one before or the one after, for clocks that differ and people who are slow.</summary>
    /// <returns>Null when it is of none of them.</returns>
    public static long? Find(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        var given = Encoding.ASCII.GetBytes(code);
        long? found = null;
        // All three are compared, whichever it is.
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Code(secret, step))))
            {
                found = step;
            }
        }

        return found;
    }

    // RFC 4226, 5.3. SHA-1 is what the apps speak; as an HMAC it is not broken.
    internal static int Truncated(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xF;
        return BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7FFF_FFFF;
    }
}
