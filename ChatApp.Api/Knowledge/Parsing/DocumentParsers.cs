using ChatApp.Api.Knowledge.Documents;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Reads a document of any format.</summary>
internal static class DocumentParsers
{
    /// <summary>Reads it, and gives its chunks one after the other.</summary>
    /// <exception cref="ParseException">It cannot be read.</exception>
    public static void Parse(DocumentKind format, ParserInput input, Action<ParsedChunk> emit)
    {
        IDocumentParser parser = format switch
        {
            DocumentKind.Text => new TextParser(),
            DocumentKind.Markdown => new MarkdownParser(),
            DocumentKind.Html => new HtmlParser(),
            DocumentKind.Csv => new CsvParser(),
            DocumentKind.Json => new JsonParser(),
            DocumentKind.Docx => new DocxParser(),
            _ => new PdfParser(),
        };
        var chunker = new Chunker(input.Limits, emit);
        parser.Parse(input, chunker);
        chunker.Finish();
    }
}
