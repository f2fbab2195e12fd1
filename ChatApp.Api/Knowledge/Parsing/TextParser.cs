namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Text without marks.</summary>
internal sealed class TextParser : IDocumentParser
{
    public void Parse(ParserInput input, Chunker output) => PlainText.Read(TextEncoding.Decode(input.Content), output);
}
