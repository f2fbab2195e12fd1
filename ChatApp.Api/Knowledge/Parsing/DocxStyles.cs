using DocumentFormat.OpenXml.Wordprocessing;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Which paragraphs of a Word document are headings.</summary>
internal sealed class DocxStyles
{
    private const int MaxInheritance = 10;

    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);

    public DocxStyles(Styles? styles)
    {
        foreach (var style in styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
            {
                _styles[id] = style;
            }
        }
    }

    /// <summary>From 1; 0 for the document's title, null for what is no heading.</summary>
    public int? HeadingLevel(ParagraphProperties? properties)
    {
        if (properties?.OutlineLevel?.Val?.Value is { } outline and < 9)
        {
            return outline + 1;
        }

        var id = properties?.ParagraphStyleId?.Val?.Value;
        for (var i = 0; i < MaxInheritance && id is not null; i++)
        {
            if (ByName(id) is { } byId)
            {
                return byId;
            }

            if (!_styles.TryGetValue(id, out var style))
            {
                return null;
            }

            if (style.StyleParagraphProperties?.OutlineLevel?.Val?.Value is { } level and < 9)
            {
                return level + 1;
            }

            if (ByName(style.StyleName?.Val?.Value ?? "") is { } byName)
            {
                return byName;
            }

            id = style.BasedOn?.Val?.Value;
        }

        return null;
    }

    private static int? ByName(string name)
    {
        var plain = name.Replace(" ", "", StringComparison.Ordinal);
        return plain.Equals("title", StringComparison.OrdinalIgnoreCase) ? 0
            : plain.StartsWith("heading", StringComparison.OrdinalIgnoreCase) && plain.Length == 8 && char.IsAsciiDigit(plain[7]) && plain[7] != '0' ? plain[7] - '0'
            : null;
    }
}
