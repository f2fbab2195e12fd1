using System.Text;

namespace ChatApp.Api.Moderation.Judging;

/// <summary>Covers what offends.</summary>
internal static class Redaction
{
    /// <summary>What stands in its place, however long it was.</summary>
    public const string Cover = "▇▇▇";

    /// <summary>Covers spans of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="spans">Where; they may overlap, and reach beyond the text.</param>
    public static string Apply(string text, IEnumerable<(int Start, int End)> spans)
    {
        var covered = new StringBuilder(text.Length);
        var at = 0;
        foreach (var (start, end) in Merge(text, spans))
        {
            covered.Append(text, at, start - at).Append(Cover);
            at = end;
        }

        return covered.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The spans in order, none touching another, and never through the middle of a surrogate pair.</summary>
    public static List<(int Start, int End)> Merge(string text, IEnumerable<(int Start, int End)> spans)
    {
        List<(int Start, int End)> merged = [];
        foreach (var (from, to) in spans.OrderBy(static s => s.Start))
        {
            var start = Math.Clamp(from, 0, text.Length);
            var end = Math.Clamp(to, start, text.Length);
            start -= IsInsidePair(text, start) ? 1 : 0;
            end += IsInsidePair(text, end) ? 1 : 0;
            if (merged is [.., var last] && start <= last.End)
            {
                merged[^1] = (last.Start, Math.Max(last.End, end));
            }
            else if (end > start)
            {
                merged.Add((start, end));
            }
        }

        return merged;
    }

    public static bool IsInsidePair(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]);
}
