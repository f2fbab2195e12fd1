using System.Text;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>PDF, by PdfPig: the text of each page, in the order in which it was set.</summary>
internal sealed partial class PdfParser : IDocumentParser
{
    public void Parse(ParserInput input, Chunker output)
    {
        try
        {
            using var document = PdfDocument.Open(input.Content);
            var pages = document.NumberOfPages;
            if (pages > input.Limits.MaxPages)
            {
                throw ParseErrors.TooManyPages(pages, input.Limits.MaxPages);
            }

            input.Progress(0, pages);
            foreach (var page in document.GetPages())
            {
                output.Page(page.Number);
                PlainText.Read(Reflow(ContentOrderTextExtractor.GetText(page, addDoubleNewline: true)), output);
                input.Progress(page.Number, pages);
            }
        }
        catch (PdfDocumentEncryptedException)
        {
            throw ParseErrors.Encrypted();
        }
        catch (PdfDocumentFormatException exception)
        {
            throw ParseErrors.Damaged("it is not a proper PDF", exception);
        }
    }

    /// <summary>Lines end where the page did: words that were divided there are joined, and a paragraph's lines become one.</summary>
    internal static string Reflow(string text)
    {
        var lines = Divided().Replace(text.ReplaceLineEndings("\n"), "");
        var flowing = new StringBuilder(lines.Length);
        foreach (var paragraph in lines.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            foreach (var line in paragraph.Split('\n', StringSplitOptions.TrimEntries))
            {
                // Items keep their lines.
                var isItem = line.Length > 1 && line[0] is '•' or '–' or '-' or '*' or '▪' or '◦' && line[1] == ' ';
                flowing.Append(flowing.Length == 0 || flowing[^1] == '\n' ? "" : isItem ? "\n" : " ").Append(line);
            }

            flowing.Append("\n\n");
        }

        return flowing.ToString();
    }

    [GeneratedRegex(@"(?<=\p{Ll})[\u00AD-]\n[ \t]*(?=\p{Ll})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Divided();
}
