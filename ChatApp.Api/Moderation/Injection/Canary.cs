using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatApp.Api.Models;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Moderation.Injection;

/// <summary>
/// Marks that stand in system prompts and nowhere else: an answer with one repeats its prompt. A mark is the same for a character all day, so
/// that prompts begin alike and engines have their beginning in the cache; and it proves itself, so that nobody has to know which are about.
/// </summary>
internal sealed class Canary(IOptions<InferenceOptions> inference, TimeProvider time)
{
    /// <summary>Letters and digits of a mark.</summary>
    public const int Length = 26;

    private const string Beginning = "cn";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int NameLength = 10;

    private static readonly SearchValues<char> Letter = SearchValues.Create(Alphabet);

    private readonly Lazy<byte[]> _key = new(() =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(inference.Value.Key), 32, info: "canary"u8.ToArray()));

    /// <summary>Today's mark of a character.</summary>
    public string Of(Guid characterId)
    {
        Span<byte> about = stackalloc byte[20];
        characterId.TryWriteBytes(about);
        BinaryPrimitives.WriteInt32LittleEndian(about[16..], DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber);
        var name = Letters(about, NameLength);
        return Beginning + name + Proof(name);
    }

    /// <summary>Whether a mark of ours begins there.</summary>
    /// <param name="letters">Letters and digits in lower case, without what stood between them.</param>
    public bool Begins(ReadOnlySpan<char> letters) =>
        letters.Length >= Length && letters.StartsWith(Beginning, StringComparison.Ordinal)
        && letters[..Length][Beginning.Length..].IndexOfAnyExcept(Letter) < 0
        && Proof(letters.Slice(Beginning.Length, NameLength)).AsSpan().SequenceEqual(letters[(Beginning.Length + NameLength)..Length]);

    /// <summary>Whether what follows may make a mark of it.</summary>
    public static bool MayBegin(ReadOnlySpan<char> letters) =>
        letters.Length > 0 && letters.Length < Length
        && (letters.Length < Beginning.Length ? Beginning.StartsWith(letters, StringComparison.Ordinal) : letters.StartsWith(Beginning, StringComparison.Ordinal))
        && letters[Math.Min(letters.Length, Beginning.Length)..].IndexOfAnyExcept(Letter) < 0;

    /// <summary>A text for people, in which whatever looks like a mark is covered.</summary>
    public static string Mask(string text)
    {
        var masked = text;
        for (var at = masked.IndexOf(Beginning, StringComparison.Ordinal); at >= 0 && at + Length <= masked.Length; at = masked.IndexOf(Beginning, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || !char.IsLetterOrDigit(masked[at - 1]))
                && masked.AsSpan(at, Length).IndexOfAnyExcept(Letter) < 0
                && (at + Length == masked.Length || !char.IsLetterOrDigit(masked[at + Length])))
            {
                masked = string.Concat(masked.AsSpan(0, at), "…", masked.AsSpan(at + Length));
            }
        }

        return masked;
    }

    private string Proof(ReadOnlySpan<char> name)
    {
        Span<byte> bytes = stackalloc byte[NameLength];
        Encoding.ASCII.GetBytes(name, bytes);
        return Letters(bytes, Length - Beginning.Length - NameLength);
    }

    private string Letters(ReadOnlySpan<byte> about, int count)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, about, mac);
        Span<char> letters = stackalloc char[count];
        for (var i = 0; i < count; i++)
        {
            letters[i] = Alphabet[mac[i] & 31];
        }

        return letters.ToString();
    }
}
