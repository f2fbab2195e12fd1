namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>What a parser's process tells the worker, a line of JSON each: one of these.</summary>
internal sealed record ParserLine
{
    /// <summary>The process runs, so what goes wrong from here on is the document's doing.</summary>
    public bool Started { get; init; }

    /// <summary>Pages read so far, of <see cref="Pages"/>.</summary>
    public int? Page { get; init; }

    public int? Pages { get; init; }

    public ParsedChunk? Chunk { get; init; }

    /// <summary>It cannot be read.</summary>
    public string? ErrorCode { get; init; }

    public string? ErrorDetail { get; init; }

    /// <summary>That was all of it.</summary>
    public bool Ended { get; init; }
}
