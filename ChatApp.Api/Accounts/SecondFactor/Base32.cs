using System.Text;

namespace ChatApp.Api.Accounts.SecondFactor;

/// <summary>Base 32 (RFC 4648, 6) without padding, in which authenticator apps take secrets.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(((bytes.Length * 8) + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            }

            buffer &= 0xFF;
        }

        return (bits > 0 ? text.Append(Alphabet[(buffer << (5 - bits)) & 31]) : text).ToString();
    }
}
