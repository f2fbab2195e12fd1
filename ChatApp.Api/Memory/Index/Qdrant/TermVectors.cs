using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatApp.Api.Memory.Index.Qdrant.Wire;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>
/// Terms as sparse vectors, so that their product is BM25's score: the memory's half is here, the terms' rarity the server's.
/// </summary>
internal static class TermVectors
{
    /// <summary>Stands among a memory's terms for who said it; no word of a text can be this.</summary>
    public const string SaidByUser = "\u0001user";

    /// <inheritdoc cref="SaidByUser"/>
    public const string SaidByCharacter = "\u0001character";

    // How soon a repeated term stops counting, and how much longer texts are held against them; conversation is short and even.
    private const double Saturation = 1.2;
    private const double Length = 0.4;

    // What texts and windows are usually long, in terms. The server does not know, so it is said once; it need not be exact.
    private const double UsualText = 14;
    private const double UsualWindow = 60;

    /// <summary>
    /// A term's number: the same in every process and release. Two terms of four billion may share one; then a search for either finds
    /// both, in the same scope, and they count as one term.
    /// </summary>
    public static uint Number(string term)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(term), hash);
        return BinaryPrimitives.ReadUInt32LittleEndian(hash);
    }

    public static SparseVector OfText(IReadOnlyDictionary<uint, int> counts) => Weigh(counts, UsualText);

    public static SparseVector OfWindow(IReadOnlyDictionary<uint, int> counts) => Weigh(counts, UsualWindow);

    /// <summary>What is looked for: each term once, by what it counts.</summary>
    public static SparseVector OfQuery(IReadOnlyDictionary<uint, float> weights)
    {
        var ordered = weights.OrderBy(static w => w.Key).ToArray();
        return new SparseVector([.. ordered.Select(static w => w.Key)], [.. ordered.Select(static w => w.Value)]);
    }

    private static SparseVector Weigh(IReadOnlyDictionary<uint, int> counts, double usual)
    {
        var length = Saturation * (1 - Length + (Length * counts.Values.Sum() / usual));
        var ordered = counts.OrderBy(static c => c.Key).ToArray();
        return new SparseVector(
            [.. ordered.Select(static c => c.Key)],
            [.. ordered.Select(c => (float)(c.Value * (Saturation + 1) / (c.Value + length)))]);
    }
}
