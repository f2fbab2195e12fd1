using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Knowledge.Parsing;
using Xunit;

namespace ChatApp.Tests.Knowledge;

/// <summary>Has a document read in the test's own process.</summary>
internal static class Reading
{
    private static readonly ParserLimits Limits = new(1000, 5000);

    public static List<ParsedChunk> Read(DocumentKind kind, byte[] content, ParserLimits? limits = null, Action<int, int>? progress = null)
    {
        var chunks = new List<ParsedChunk>();
        DocumentParsers.Parse(kind, new ParserInput(content, limits ?? Limits, progress ?? (static (_, _) => { })), chunks.Add);
        return chunks;
    }

    public static List<ParsedChunk> Read(DocumentKind kind, string content) => Read(kind, Samples.Utf8(content));

    public static string Failure(DocumentKind kind, byte[] content, ParserLimits? limits = null)
    {
        var exception = Assert.Throws<ParseException>(() => Read(kind, content, limits));
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
        return exception.Code;
    }
}
