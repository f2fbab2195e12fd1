using System.Text;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Writes the rows of one table so that each says what its cells are.</summary>
internal sealed class TableRows(Chunker output)
{
    private const int MaxColumns = 2000;

    private string[]? _first;
    private string[]? _header;
    private bool _hasRows;

    /// <param name="cells">What the row holds.</param>
    /// <param name="isHeader">The document says that it names the columns.</param>
    public void Add(IEnumerable<string> cells, bool isHeader = false)
    {
        string[] row = [.. cells.Take(MaxColumns + 1).Select(static c => ChunkText.Line(c))];
        if (row.Length > MaxColumns)
        {
            throw ParseErrors.TooComplex("a table has more than 2,000 columns");
        }

        if (!Array.Exists(row, static c => c.Length > 0))
        {
            return;
        }

        if (isHeader && !_hasRows && _header is null)
        {
            _header = row;
        }
        else if (_first is null && _header is null && !_hasRows)
        {
            // Whether it is a header shows when another row follows.
            _first = row;
        }
        else
        {
            if (_first is not null)
            {
                Decide(_first);
            }

            Write(row);
        }
    }

    /// <summary>No row follows.</summary>
    public void Finish()
    {
        if ((_first ?? (_hasRows ? null : _header)) is { } only)
        {
            (_first, _header) = (null, null);
            Write(only);
        }
    }

    private void Decide(string[] first)
    {
        _first = null;
        if (first.Length > 1
            && Array.TrueForAll(first, static c => c.Length is > 0 and <= 80 && !char.IsDigit(c[0]))
            && first.Distinct(StringComparer.OrdinalIgnoreCase).Count() == first.Length)
        {
            _header = first;
        }
        else
        {
            Write(first);
        }
    }

    private void Write(string[] row)
    {
        _hasRows = true;
        var text = new StringBuilder();
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i].Length == 0)
            {
                continue;
            }

            text.Append(text.Length == 0 ? "" : _header is null ? " | " : "; ");
            if (_header is not null && i < _header.Length && _header[i].Length > 0)
            {
                text.Append(_header[i]).Append(": ");
            }

            text.Append(row[i]);
        }

        output.Item(text.ToString());
    }
}
