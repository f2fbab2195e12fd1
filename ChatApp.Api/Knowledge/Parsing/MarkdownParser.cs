using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Markdown, by Markdig's tree.</summary>
internal sealed class MarkdownParser : IDocumentParser
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseGridTables().UseYamlFrontMatter().Build();

    public void Parse(ParserInput input, Chunker output)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(TextEncoding.Decode(input.Content), Pipeline);
        }
        catch (ArgumentException exception)
        {
            throw new ParseException(ParseErrors.TooComplexCode, ParseErrors.TooComplex("it is nested too deeply").Message, exception);
        }

        foreach (var block in document)
        {
            Read(block, output);
        }
    }

    // As deep as Markdig nests, which it bounds.
    private static void Read(Block block, Chunker output)
    {
        switch (block)
        {
            case HeadingBlock heading:
                output.Heading(heading.Level, Text(heading.Inline));
                break;
            case YamlFrontMatterBlock matter:
                output.Paragraph(matter.Lines.ToString());
                break;
            case HtmlBlock html:
                HtmlParser.ReadFragment(html.Lines.ToString(), output);
                break;
            case Table table:
                ReadTable(table, output);
                break;
            case ListBlock list:
                foreach (var item in list.OfType<ListItemBlock>())
                {
                    ReadItem(item, output);
                }

                break;
            case ContainerBlock container:
                foreach (var child in container)
                {
                    Read(child, output);
                }

                break;
            case ParagraphBlock paragraph:
                output.Paragraph(Text(paragraph.Inline));
                break;
            case LeafBlock { Inline: null } leaf:
                output.Paragraph(leaf.Lines.ToString());
                break;
        }
    }

    private static void ReadItem(ListItemBlock item, Chunker output)
    {
        var isFirst = true;
        foreach (var child in item)
        {
            if (child is ParagraphBlock paragraph)
            {
                output.Item((isFirst ? "- " : "") + Text(paragraph.Inline));
            }
            else
            {
                Read(child, output);
            }

            isFirst = false;
        }
    }

    private static void ReadTable(Table table, Chunker output)
    {
        var rows = new TableRows(output);
        foreach (var row in table.OfType<TableRow>())
        {
            rows.Add(
                row.OfType<TableCell>().Select(static cell => string.Join(' ', cell.OfType<LeafBlock>().Select(static b => Text(b.Inline)))),
                row.IsHeader);
        }

        rows.Finish();
    }

    private static string Text(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        Append(inlines, text);
        return text.ToString();
    }

    private static void Append(ContainerInline? inlines, StringBuilder text)
    {
        foreach (var inline in inlines ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case LineBreakInline:
                    text.Append('\n');
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case ContainerInline container:
                    Append(container, text);
                    break;
            }
        }
    }
}
