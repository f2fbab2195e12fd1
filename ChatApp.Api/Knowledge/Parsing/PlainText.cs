using System.Text;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Takes text without marks apart: at empty lines, with headings where lines look like some.</summary>
internal static class PlainText
{
    public static void Read(string text, Chunker output)
    {
        var paragraph = new StringBuilder();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.IsEmpty)
            {
                End(paragraph, output);
            }
            else if (IsUnderline(trimmed) && paragraph.Length is > 0 and <= 120 && !paragraph.ToString().TrimEnd('\n').Contains('\n', StringComparison.Ordinal))
            {
                output.Heading(trimmed[0] == '=' ? 1 : 2, paragraph.ToString());
                paragraph.Clear();
            }
            else
            {
                paragraph.Append(trimmed).Append('\n');
            }
        }

        End(paragraph, output);
    }

    private static void End(StringBuilder paragraph, Chunker output)
    {
        if (paragraph.Length == 0)
        {
            return;
        }

        var text = paragraph.ToString().TrimEnd('\n');
        paragraph.Clear();
        if (HeadingGuess.Level(text) is > 0 and var level)
        {
            output.Heading(level, text);
        }
        else
        {
            output.Paragraph(text);
        }
    }

    private static bool IsUnderline(ReadOnlySpan<char> line) =>
        line.Length >= 3 && (!line.ContainsAnyExcept('=') || !line.ContainsAnyExcept('-'));
}
