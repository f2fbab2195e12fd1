using UglyToad.PdfPig.Content;

namespace UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

public static class ContentOrderTextExtractor
{
    /// <summary>Poppler puts an empty line between paragraphs by itself.</summary>
    public static string GetText(Page page, bool addDoubleNewline = false)
    {
        ArgumentNullException.ThrowIfNull(page);
        return addDoubleNewline ? page.Text : page.Text.Replace("\n\n", "\n", StringComparison.Ordinal);
    }
}
