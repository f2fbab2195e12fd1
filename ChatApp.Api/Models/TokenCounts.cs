using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ChatApp.Api.Models;

/// <summary>What was counted, by what it was counted of: the texts themselves are not kept. The oldest half goes when there are too many.</summary>
internal sealed class TokenCounts(int capacity = 100_000)
{
    private ConcurrentDictionary<UInt128, int> _newer = new();
    private ConcurrentDictionary<UInt128, int> _older = new();

    public static UInt128 Key(string model, string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{model}\n{text}"), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    public int? Find(UInt128 key)
    {
        if (_newer.TryGetValue(key, out var count))
        {
            return count;
        }

        if (!_older.TryGetValue(key, out count))
        {
            return null;
        }

        // Whoever is asked for stays.
        Add(key, count);
        return count;
    }

    public void Add(UInt128 key, int count)
    {
        _newer[key] = count;
        if (_newer.Count > capacity / 2)
        {
            _older = _newer;
            _newer = new ConcurrentDictionary<UInt128, int>();
        }
    }
}
