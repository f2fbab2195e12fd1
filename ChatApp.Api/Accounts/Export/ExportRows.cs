using System.Data;
using System.Text.Json;
using Npgsql;

namespace ChatApp.Api.Accounts.Export;

/// <summary>Writes what a query gives as JSON, row by row and without holding more than one of them; of a file not even that.</summary>
internal static class ExportRows
{
    private const int MostPending = 32 * 1024;

    // Base64 makes four characters of three bytes.
    private const int FileSlice = 3 * 8 * 1024;

    public static async Task WriteAsync(ExportSection section, NpgsqlCommand query, Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        writer.WritePropertyName(section.Name);
        await using var reader = await query.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        var names = Enumerable.Range(0, reader.FieldCount).Select(i => JsonEncodedText.Encode(CamelCase(reader.GetName(i)))).ToArray();
        if (!section.IsOne)
        {
            writer.WriteStartArray();
        }

        while (await reader.ReadAsync(cancellationToken))
        {
            writer.WriteStartObject();
            for (var i = 0; i < names.Length; i++)
            {
                writer.WritePropertyName(names[i]);
                await WriteAsync(reader, i, writer, cancellationToken);
            }

            writer.WriteEndObject();
            await FlushAsync(writer, cancellationToken);
        }

        if (!section.IsOne)
        {
            writer.WriteEndArray();
        }
    }

    private static async Task WriteAsync(NpgsqlDataReader reader, int i, Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        if (await reader.IsDBNullAsync(i, cancellationToken))
        {
            writer.WriteNullValue();
            return;
        }

        switch (reader.GetDataTypeName(i))
        {
            case "uuid":
                writer.WriteStringValue(reader.GetGuid(i));
                break;
            case "boolean":
                writer.WriteBooleanValue(reader.GetBoolean(i));
                break;
            case "integer":
                writer.WriteNumberValue(reader.GetInt32(i));
                break;
            case "bigint":
                writer.WriteNumberValue(reader.GetInt64(i));
                break;
            case "real":
                writer.WriteNumberValue(reader.GetFloat(i));
                break;
            case "double precision":
                writer.WriteNumberValue(reader.GetDouble(i));
                break;
            case "timestamp with time zone":
                writer.WriteStringValue(reader.GetDateTime(i));
                break;
            case "date":
                writer.WriteStringValue(reader.GetFieldValue<DateOnly>(i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case "jsonb":
                writer.WriteRawValue(reader.GetString(i), skipInputValidation: true);
                break;
            case "text[]":
                writer.WriteStartArray();
                foreach (var text in reader.GetFieldValue<string[]>(i))
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            case "bytea":
                await WriteFileAsync(await reader.GetStreamAsync(i, cancellationToken), writer, cancellationToken);
                break;
            case "text":
                writer.WriteStringValue(reader.GetString(i));
                break;
            case var other:
                throw new InvalidOperationException($"The export does not know how to write '{other}'.");
        }
    }

    private static async Task WriteFileAsync(Stream file, Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        await using (file)
        {
            var slice = new byte[FileSlice];
            int read;
            while ((read = await file.ReadAtLeastAsync(slice, slice.Length, throwOnEndOfStream: false, cancellationToken)) == slice.Length)
            {
                writer.WriteBase64StringSegment(slice, isFinalSegment: false);
                await FlushAsync(writer, cancellationToken);
            }

            writer.WriteBase64StringSegment(slice.AsSpan(0, read), isFinalSegment: true);
        }
    }

    private static Task FlushAsync(Utf8JsonWriter writer, CancellationToken cancellationToken) =>
        writer.BytesPending < MostPending ? Task.CompletedTask : writer.FlushAsync(cancellationToken);

    private static string CamelCase(string column) =>
        string.Concat(column.Split('_').Select(static (word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
