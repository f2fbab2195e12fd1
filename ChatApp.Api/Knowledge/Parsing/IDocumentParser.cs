namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Reads documents of one format. Works in memory alone: nothing that a document names is opened or fetched.</summary>
internal interface IDocumentParser
{
    /// <exception cref="ParseException">The document cannot be read.</exception>
    void Parse(ParserInput input, Chunker output);
}
