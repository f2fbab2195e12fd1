using System.Collections.Frozen;
using System.Text;
using AngleSharp.Dom;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Walks a page in its order. A loop, not a recursion, because pages may be nested as deep as they like.</summary>
internal sealed class HtmlReader(Chunker output)
{
    private static readonly FrozenSet<string> Skipped = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "script", "style", "nav", "template", "noscript", "head", "svg", "math", "iframe", "object", "canvas", "audio", "video", "button", "select", "textarea", "dialog");

    private static readonly FrozenSet<string> Blocks = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul");

    private readonly StringBuilder _text = new();
    private readonly List<string> _cells = [];
    private TableRows? _rows;
    private int _tables;
    private bool _isItem;
    private bool _isHeaderRow;

    public void Read(INode root)
    {
        var node = root.FirstChild;
        while (node is not null)
        {
            if (Enter(node) && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            while (true)
            {
                Leave(node);
                if (node.NextSibling is { } next)
                {
                    node = next;
                    break;
                }

                node = node.Parent;
                if (node is null || node == root)
                {
                    End();
                    return;
                }
            }
        }
    }

    /// <returns>Whether its children are to be read.</returns>
    private bool Enter(INode node)
    {
        if (node is IText text)
        {
            _text.Append(node.ParentElement?.LocalName is "pre" ? text.Data : text.Data.ReplaceLineEndings(" "));
            return false;
        }

        if (node is not IElement element || Skipped.Contains(element.LocalName) || element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") is "true")
        {
            return false;
        }

        switch (element.LocalName)
        {
            case "br":
                _text.Append('\n');
                break;
            case "img" when element.GetAttribute("alt") is { Length: > 0 } alt:
                _text.Append(' ').Append(alt).Append(' ');
                break;
            case "table":
                // A table within a table is text of its cell.
                if (_tables++ == 0)
                {
                    End();
                    _rows = new TableRows(output);
                }

                break;
            case "tr" when _tables == 1:
                _cells.Clear();
                _text.Clear();
                _isHeaderRow = true;
                break;
            case "td" when _tables == 1:
                _isHeaderRow = false;
                break;
            case "li" when _tables == 0:
                End();
                _isItem = true;
                break;
            default:
                if (Blocks.Contains(element.LocalName))
                {
                    Divide();
                }

                break;
        }

        return true;
    }

    private void Leave(INode node)
    {
        if (node is not IElement element || Skipped.Contains(element.LocalName))
        {
            return;
        }

        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6' and var level] when _tables == 0:
                output.Heading(level - '0', _text.ToString());
                _text.Clear();
                _isItem = false;
                break;
            case "table":
                if (--_tables == 0)
                {
                    _rows?.Finish();
                    _rows = null;
                    _text.Clear();
                }

                break;
            case "td" or "th" when _tables == 1:
                _cells.Add(_text.ToString());
                _text.Clear();
                break;
            case "tr" when _tables == 1:
                _rows?.Add(_cells, _isHeaderRow);
                _cells.Clear();
                _text.Clear();
                break;
            default:
                if (Blocks.Contains(element.LocalName))
                {
                    Divide();
                }

                break;
        }
    }

    private void Divide()
    {
        if (_tables > 0)
        {
            _text.Append(' ');
        }
        else
        {
            End();
        }
    }

    private void End()
    {
        if (_isItem)
        {
            if (!string.IsNullOrWhiteSpace(_text.ToString()))
            {
                output.Item("- " + _text.ToString().Trim());
                _isItem = false;
            }
        }
        else
        {
            output.Paragraph(_text.ToString());
        }

        _text.Clear();
    }
}
