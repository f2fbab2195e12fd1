using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ChatApp.Api.Accounts.Sessions;

/// <summary>
/// A refresh token: a session, its number within the session, and proof that we gave it. The same session and number make the same
/// token, so one whose answer was lost can be given again, and none has to be stored.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RefreshToken(Guid SessionId, int Counter)
{
    /// <summary>The length of one as text, at most.</summary>
    public const int MaxText = 100;

    private const string Purpose = "refresh-token";
    private const int ContentSize = 16 + sizeof(int);
    private const int Size = ContentSize + 32;

    /// <summary>The token as callers have it.</summary>
    public string Encode(SecretBox secrets)
    {
        Span<byte> bytes = stackalloc byte[Size];
        SessionId.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], Counter);
        secrets.Mac(Purpose, bytes[..ContentSize]).CopyTo(bytes[ContentSize..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a token.</summary>
    /// <returns>Null when it is none that we gave.</returns>
    public static RefreshToken? Decode(SecretBox secrets, string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length > MaxText
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Size
            || !CryptographicOperations.FixedTimeEquals(secrets.Mac(Purpose, bytes[..ContentSize]), bytes[ContentSize..]))
        {
            return null;
        }

        return new RefreshToken(new Guid(bytes[..16], bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]));
    }
}
