using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Placement;

/// <summary>
/// What calls with a common beginning share: a hash of caller, model and conversation, or of caller, model and the prompt's beginning where
/// no conversation is named. The caller is always in it: two that send the same prompt have different keys, so that neither learns from the
/// time of an answer where the other's prompt was read. The same in every gateway process.
/// </summary>
internal static class PlacementKey
{
    // As much of the prompt as tells conversations apart, and not so much that hashing it is felt.
    private const int MaximumPrefix = 2048;

    // No byte of UTF-8: no name can hold it.
    private const byte Separator = 0xFF;

    public static UInt128 Of(GatewayCall call)
    {
        var prefix = call.Conversation is null ? Beginning(call) : default;
        var texts = Encoding.UTF8.GetMaxByteCount(call.Caller.Length + call.Model.Name.Length + (call.Conversation?.Length ?? 0));
        var buffer = ArrayPool<byte>.Shared.Rent(texts + prefix.Length + 3);
        var length = Write(call.Caller, buffer, 0);
        length = Write(call.Model.Name, buffer, length);
        if (call.Conversation is { } conversation)
        {
            length = Write(conversation, buffer, length);
        }
        else
        {
            prefix.CopyTo(buffer.AsSpan(length));
            length += prefix.Length;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private static int Write(string text, byte[] buffer, int at)
    {
        at += Encoding.UTF8.GetBytes(text, buffer.AsSpan(at));
        buffer[at] = Separator;
        return at + 1;
    }

    // To the end of the first message of a person: a conversation that grows keeps it, however short it began.
    private static ReadOnlySpan<byte> Beginning(GatewayCall call)
    {
        var prompt = call.Body.PromptBytes;
        var beginning = prompt[..Math.Min(prompt.Length, MaximumPrefix)];
        var reader = new Utf8JsonReader(beginning, isFinalBlock: false, default);
        if (call.Kind != CallKind.Chat || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return beginning;
        }

        var isPersons = false;
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 2 } && reader.ValueTextEquals("role"u8) && reader.Read())
            {
                isPersons |= reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("user"u8);
            }
            else if (reader is { TokenType: JsonTokenType.EndObject, CurrentDepth: 1 } && isPersons)
            {
                return beginning[..(int)reader.BytesConsumed];
            }
        }

        return beginning;
    }
}
