using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Caching;

/// <summary>
/// Under what an answer is kept: SHA-256 over the model with its targets, the caller (unless the answer may be shared), and the body byte
/// for byte, so that whatever asks for another answer, or for the same in another form, is another key.
/// </summary>
internal static class CacheKey
{
    // Another way of making keys is another number.
    private const string Version = "1";
    private const string Shared = "shared";
    private const string Private = "private";

    /// <summary>The key of a call.</summary>
    public static string Of(GatewayCall call)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Version);
        Append(hash, call.Kind.ToString());
        Append(hash, call.IsShared ? Shared : Private);
        Append(hash, call.IsShared ? "" : call.Caller);
        Append(hash, call.Model.Name);
        foreach (var target in call.Model.Targets)
        {
            Append(hash, target.Engine.Name);
            Append(hash, target.Engine.Address);
            Append(hash, target.Model);
        }

        hash.AppendData(call.Body.Json.Span);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    // With its length before it, so that no two lists of texts run together into the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[4];
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
