using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatApp.Api.Paging;

namespace ChatApp.Api.Memory;

/// <summary>Writes all memories of a scope as one JSON document, a page at a time, so that neither rows nor connections wait for a slow reader.</summary>
internal sealed class MemoryExport(MemoryStore memories, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>Raised when the document's shape changes in a way that readers have to know of.</summary>
    private const int Format = 1;

    private static readonly JsonTypeInfo<StoredMemory> Json = ApiJsonContext.Default.StoredMemory;

    /// <summary>Writes <see cref="MemoryExportFile"/>.</summary>
    public async Task WriteAsync(MemoryScope scope, MemorySettings settings, Stream output, CancellationToken cancellationToken)
    {
        // A buffer between them: the serializer flushes what it writes to, and a response is not written to synchronously.
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteNumber("format", Format);
        writer.WriteString("exportedAt", time.GetUtcNow());
        writer.WriteString("characterId", scope.CharacterId);
        writer.WriteBoolean("remembers", settings.Remembers);
        writer.WriteBoolean("staysInside", settings.StaysInside);
        writer.WriteStartArray("memories");
        Cursor? after = null;
        do
        {
            var page = await memories.ListAsync(scope, null, null, after, PageSize, cancellationToken);
            foreach (var memory in page.Items)
            {
                JsonSerializer.Serialize(writer, memory.ToMemory(), Json);
            }

            await SendAsync(writer, buffer, output, cancellationToken);
            after = page.NextCursor is null ? null : Cursor.At(CursorList.Memories, page.Items[^1].SaidAt, page.Items[^1].Id);
        }
        while (after is not null);

        writer.WriteEndArray();
        writer.WriteEndObject();
        await SendAsync(writer, buffer, output, cancellationToken);
    }

    private static async Task SendAsync(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer, Stream output, CancellationToken cancellationToken)
    {
        writer.Flush();
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
        buffer.ResetWrittenCount();
    }
}
