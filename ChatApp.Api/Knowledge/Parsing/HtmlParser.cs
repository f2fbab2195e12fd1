using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>HTML, by AngleSharp's parser alone: nothing is run, loaded or followed.</summary>
internal sealed partial class HtmlParser : IDocumentParser
{
    private const int MaxElements = 300_000;

    public void Parse(ParserInput input, Chunker output)
    {
        var document = Parse(Decode(input.Content));
        if (document.Title is { Length: > 0 } title)
        {
            output.Heading(0, title);
        }

        if (document.Body is { } body)
        {
            new HtmlReader(output).Read(body);
        }
    }

    /// <summary>HTML inside of something else.</summary>
    public static void ReadFragment(string html, Chunker output)
    {
        if (Parse(html).Body is { } body)
        {
            new HtmlReader(output).Read(body);
        }
    }

    private static IHtmlDocument Parse(string html)
    {
        var elements = 0;
        var options = new HtmlParserOptions
        {
            IsScripting = false,
            // Counted while it is built, because the tree takes many times the room of the text.
            OnCreated = (_, _) =>
            {
                if (++elements > MaxElements)
                {
                    throw ParseErrors.TooComplex("it has too many elements");
                }
            },
        };
        return new AngleSharp.Html.Parser.HtmlParser(options).ParseDocument(html);
    }

    // What a page says of its own encoding counts when nothing in its bytes speaks for UTF-8 or UTF-16.
    private static string Decode(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        if (TextEncoding.Detect(stream) is { IsSingleByte: true }
            && Charset().Match(Encoding.Latin1.GetString(content, 0, Math.Min(content.Length, 2048))) is { Success: true } match)
        {
            try
            {
                return TextEncoding.Decode(content, Encoding.GetEncoding(match.Groups["name"].Value));
            }
            catch (ArgumentException)
            {
                // Not an encoding that there is.
            }
        }

        return TextEncoding.Decode(content);
    }

    [GeneratedRegex("""charset\s*=\s*["']?(?<name>[A-Za-z0-9_-]{2,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Charset();
}
