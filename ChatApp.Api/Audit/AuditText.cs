using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatApp.Api.Audit;

/// <summary>Words of the log, some of which come from outside, as the database takes them and gives them back to the letter.</summary>
internal static class AuditText
{
    private const int MaxDetail = 4096;
    private const int MaxValue = 600;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, cut, and without what Postgres has no text for.</summary>
    public static string? Clean(string? text, int most)
    {
        if (text is null)
        {
            return null;
        }

        var clean = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            // A half of a character comes as U+FFFD already.
            if (clean.Length + rune.Utf16SequenceLength > most)
            {
                break;
            }

            clean.Append(rune.Value == 0 ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>The detail as JSON. Of one that is too long the last values are left out, which it says.</summary>
    public static string Detail(IReadOnlyDictionary<string, string> detail)
    {
        var kept = new Dictionary<string, string>(detail.Count, StringComparer.Ordinal);
        foreach (var (name, value) in detail)
        {
            kept[name] = Clean(value, MaxValue)!;
        }

        var json = JsonSerializer.Serialize(kept, Readable);
        while (json.Length > MaxDetail)
        {
            kept.Remove(kept.Keys.Last(static name => name != "truncated"));
            kept["truncated"] = "true";
            json = JsonSerializer.Serialize(kept, Readable);
        }

        return json;
    }

    /// <summary>Words as they stand in a detail.</summary>
    public static string InDetail(string words) => JsonSerializer.Serialize(words, Readable)[1..^1];

    /// <summary>The detail of a row; empty when it is not one of ours.</summary>
    public static IReadOnlyDictionary<string, string> Read(string detail)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(detail) ?? [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal) { ["unreadable"] = detail };
        }
    }
}
