using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Word documents, by the Open XML SDK, a paragraph or a table at a time.</summary>
internal sealed class DocxParser : IDocumentParser
{
    public void Parse(ParserInput input, Chunker output)
    {
        ZipPackage.Check(input.Content, "word/document.xml");
        try
        {
            using var word = WordprocessingDocument.Open(new MemoryStream(input.Content, writable: false), isEditable: false);
            var main = word.MainDocumentPart ?? throw ParseErrors.Damaged("it has no text part");
            var styles = new DocxStyles(main.StyleDefinitionsPart?.Styles);
            using var reader = OpenXmlReader.Create(main);
            while (reader.Read())
            {
                if (!reader.IsStartElement)
                {
                    continue;
                }

                if (reader.ElementType == typeof(Paragraph))
                {
                    Read((Paragraph)reader.LoadCurrentElement()!, styles, output);
                }
                else if (reader.ElementType == typeof(Table))
                {
                    Read((Table)reader.LoadCurrentElement()!, output);
                }
            }
        }
        catch (Exception exception) when (exception is OpenXmlPackageException or FileFormatException or InvalidDataException or System.Xml.XmlException)
        {
            throw ParseErrors.Damaged("it is not a proper Word document", exception);
        }
    }

    private static void Read(Paragraph paragraph, DocxStyles styles, Chunker output)
    {
        var text = Text(paragraph);
        if (styles.HeadingLevel(paragraph.ParagraphProperties) is { } level)
        {
            output.Heading(level, text);
        }
        else if (paragraph.ParagraphProperties?.NumberingProperties is not null && !string.IsNullOrWhiteSpace(text))
        {
            output.Item("- " + text);
        }
        else
        {
            output.Paragraph(text);
        }
    }

    private static void Read(Table table, Chunker output)
    {
        var rows = new TableRows(output);
        foreach (var row in table.Elements<TableRow>())
        {
            rows.Add(
                row.Elements<TableCell>().Select(static cell => Text(cell)),
                row.TableRowProperties?.GetFirstChild<TableHeader>() is not null);
        }

        rows.Finish();
    }

    private static string Text(OpenXmlElement element)
    {
        var text = new StringBuilder();
        Append(element, text);
        return text.ToString();
    }

    // As deep as the parts were found to be.
    private static void Append(OpenXmlElement element, StringBuilder text)
    {
        foreach (var child in element)
        {
            switch (child)
            {
                case Text run:
                    text.Append(run.Text);
                    break;
                case TabChar:
                    text.Append('\t');
                    break;
                case Break or CarriageReturn:
                    text.Append('\n');
                    break;
                case NoBreakHyphen:
                    text.Append('-');
                    break;
                case AlternateContentFallback:
                    // Says again what the choice before it says.
                    break;
                case Paragraph:
                    text.Append(text.Length == 0 ? "" : "\n");
                    Append(child, text);
                    break;
                default:
                    Append(child, text);
                    break;
            }
        }
    }
}
