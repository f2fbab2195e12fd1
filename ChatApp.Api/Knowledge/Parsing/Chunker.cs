using System.Text;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>
/// Cuts what a parser reads into chunks: of about a thousand characters, within one section, between paragraphs, items and rows where
/// that is possible, else between sentences.
/// </summary>
internal sealed class Chunker(ParserLimits limits, Action<ParsedChunk> emit)
{
    /// <summary>By which rules this cuts. Raise it with them: documents that were cut by others are cut again.</summary>
    public const int Scheme = 1;

    public const string HeadingSeparator = " › ";

    private const int MaxLength = 1200;

    /// <summary>A chunk of this length ends with its page, so that it can be cited by one.</summary>
    private const int EnoughForPage = 400;

    private const int MaxHeading = 120;

    private const int MaxDepth = 8;

    private readonly List<(int Level, string Text)> _path = [];
    private readonly StringBuilder _text = new();
    private int? _page;
    private int? _startPage;
    private bool _endsInBlock;
    private bool _headingIsBare;

    /// <summary>How many chunks there are.</summary>
    public int Count { get; private set; }

    /// <summary>What follows is on this page.</summary>
    public void Page(int number)
    {
        if (_text.Length >= EnoughForPage)
        {
            End();
        }

        _page = number;
    }

    /// <summary>A section begins.</summary>
    /// <param name="level">How deep it is, from 1; 0 is the document's own title.</param>
    /// <param name="text">Its heading.</param>
    public void Heading(int level, string text)
    {
        var heading = ChunkText.Line(text);
        if (heading.Length == 0)
        {
            return;
        }

        End();
        if (_headingIsBare && level <= _path[^1].Level)
        {
            EmitBareHeading();
        }

        _path.RemoveAll(h => h.Level >= level);
        if (_path.Count < MaxDepth)
        {
            _path.Add((level, heading.Length <= MaxHeading ? heading : TextSplitter.Shorten(heading, MaxHeading)));
            _headingIsBare = true;
        }
    }

    /// <summary>A paragraph, or anything that stands alone.</summary>
    public void Paragraph(ReadOnlySpan<char> text) => Add(text, isBlock: true);

    /// <summary>One of several things that stand below each other: an item of a list, a row of a table.</summary>
    public void Item(ReadOnlySpan<char> text) => Add(text, isBlock: false);

    /// <summary>Nothing follows.</summary>
    /// <exception cref="ParseException">There was no text at all.</exception>
    public void Finish()
    {
        End();
        if (_headingIsBare)
        {
            EmitBareHeading();
        }

        if (Count == 0)
        {
            throw ParseErrors.NoText();
        }
    }

    private void Add(ReadOnlySpan<char> text, bool isBlock)
    {
        var clean = ChunkText.Clean(text);
        if (clean.Length == 0)
        {
            return;
        }

        _headingIsBare = false;
        if (_text.Length > 0 && _text.Length + clean.Length + 2 > MaxLength)
        {
            End();
        }

        if (clean.Length <= MaxLength)
        {
            Append(clean, isBlock);
            return;
        }

        foreach (var piece in TextSplitter.Split(clean, MaxLength))
        {
            Append(piece, isBlock);
            End();
        }
    }

    private void Append(string text, bool isBlock)
    {
        if (_text.Length > 0)
        {
            _text.Append(isBlock || _endsInBlock ? "\n\n" : "\n");
        }
        else
        {
            _startPage = _page;
        }

        _text.Append(text);
        _endsInBlock = isBlock;
    }

    private void End()
    {
        if (_text.Length > 0)
        {
            Emit(string.Join(HeadingSeparator, _path.Select(static h => h.Text)), _startPage, _text.ToString());
            _text.Clear();
        }
    }

    // A heading with nothing below it says something all the same.
    private void EmitBareHeading()
    {
        _headingIsBare = false;
        Emit(string.Join(HeadingSeparator, _path.SkipLast(1).Select(static h => h.Text)), _page, _path[^1].Text);
    }

    private void Emit(string heading, int? page, string text)
    {
        if (++Count > limits.MaxChunks)
        {
            throw ParseErrors.TooManyChunks(limits.MaxChunks);
        }

        emit(new ParsedChunk(heading, page, text));
    }
}
