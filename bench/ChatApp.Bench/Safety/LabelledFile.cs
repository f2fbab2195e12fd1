using System.IO.Compression;
using System.Text.Json;

namespace ChatApp.Bench.Safety;

/// <summary>Reads texts with labels: a JSON object a line, the text in <c>prompt</c> or <c>text</c>, every number 0 or 1 a label. None of it is part of this repository.</summary>
internal static class LabelledFile
{
    /// <summary>The texts in the file's order; those that are there twice, once.</summary>
    /// <exception cref="JsonException">The file is not of this format.</exception>
    public static async Task<IReadOnlyList<LabelledText>> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenRead();
        await using var plain = file.Extension == ".gz" ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        using var reader = new StreamReader(plain);
        var texts = new List<LabelledText>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                texts.Add(Read(line));
            }
        }

        return [.. texts.DistinctBy(static t => t.Text)];
    }

    private static LabelledText Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        var row = document.RootElement;
        var text = row.TryGetProperty("prompt", out var prompt) ? prompt : row.GetProperty("text");
        return new LabelledText(
            text.GetString()!,
            row.EnumerateObject().Where(static p => p.Value.ValueKind == JsonValueKind.Number).ToDictionary(static p => p.Name, static p => p.Value.GetInt32() == 1),
            row.TryGetProperty("set", out var set) ? set.GetString() ?? "" : "");
    }
}
