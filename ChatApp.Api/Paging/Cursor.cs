using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace ChatApp.Api.Paging;

/// <summary>
/// A place in a list: the sort key and the id of the item after which the next page begins. Callers see an opaque string.
/// It is a position, not a permission: every query still asks for the owner.
/// </summary>
/// <param name="List">Which list it belongs to, so that a cursor of another one is refused.</param>
/// <param name="Key">The sort key: ticks of a time, or a number.</param>
/// <param name="Id">The item's id, which breaks ties.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cursor(CursorList List, long Key, Guid Id)
{
    private const int Size = 1 + sizeof(long) + 16;

    public static Cursor At(CursorList list, DateTimeOffset time, Guid id) => new(list, time.UtcTicks, id);

    public DateTimeOffset Time => new(Key, TimeSpan.Zero);

    public string Encode()
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = (byte)List;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Key);
        Id.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor of <paramref name="list"/>; no text at all is the beginning of the list, which is null.</summary>
    /// <returns>False when the text is not one of this list's cursors.</returns>
    public static bool TryDecode(CursorList list, string? text, out Cursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length > 64
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Size
            || bytes[0] != (byte)list)
        {
            return false;
        }

        var key = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
        if (key < 0 || key > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        cursor = new Cursor(list, key, new Guid(bytes[9..], bigEndian: true));
        return true;
    }
}
