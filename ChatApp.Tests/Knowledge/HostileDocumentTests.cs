using System.Text;
using ChatApp.Api.Knowledge;
using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Knowledge.Parsing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Knowledge;

/// <summary>Documents that are made to do harm, or are only broken: each ends with a reason, and none with its reader's process.</summary>
public sealed class HostileDocumentTests
{
    public static TheoryData<string> Broken =>
        ["damaged pdf", "encrypted pdf", "too many pages", "not a word document", "encrypted docx", "old doc", "zip bomb", "deep xml", "entities", "deep json", "broken json", "many columns", "open quote", "empty html", "no text", "binary", "too much text"];

    [Theory]
    [MemberData(nameof(Broken))]
    public void Read_BrokenDocument_FailsWithItsReason(string what)
    {
        var (kind, content, code) = Make(what);
        Assert.Equal(code, Reading.Failure(kind, content, new ParserLimits(MaxPages: 5, MaxChunks: 20)));
    }

    [Theory]
    [InlineData("html", "<div>", 30_000)]
    [InlineData("html", "<b><i>", 20_000)]
    [InlineData("markdown", "> ", 20_000)]
    [InlineData("markdown", "[", 20_000)]
    [InlineData("markdown", "*_", 20_000)]
    public async Task Process_DeeplyNested_ReadsItOrSaysWhyNot(string kind, string open, int times)
    {
        var content = Samples.Utf8(string.Concat(Enumerable.Repeat(open, times)) + "words");

        var (chunks, code) = await ProcessAsync(DocumentKinds.FromStored(kind), content, new KnowledgeOptions { ReadingTimeout = TimeSpan.FromSeconds(20) });

        Assert.True(chunks > 0 || code is "too_complex" or "too_slow" or "too_many_chunks", code);
    }

    [Fact]
    public async Task Process_NeedsMoreMemoryThanItMay_TooComplex()
    {
        var content = Samples.Utf8(string.Concat(Enumerable.Repeat("<p><i>x</i>", 140_000)));
        Assert.Equal((0, "too_complex"), await ProcessAsync(DocumentKind.Html, content, new KnowledgeOptions { ReadingMemory = 32 }));
    }

    [Fact]
    public async Task Process_NeedsMoreTimeThanItMay_TooSlow() =>
        Assert.Equal((0, "too_slow"), await ProcessAsync(DocumentKind.Text, Samples.Utf8("words"), new KnowledgeOptions { ReadingTimeout = TimeSpan.FromMilliseconds(1) }));

    [Fact]
    public async Task Process_GoodDocument_TheSameAsInThisProcess()
    {
        var (chunks, code) = await ProcessAsync(DocumentKind.Markdown, Samples.Utf8(Samples.Guide), new KnowledgeOptions());
        Assert.Equal((3, null), (chunks, code));
    }

    [Fact]
    public void Read_ManyFieldsPretendingToBeWide_AreBounded()
    {
        var csv = string.Join(',', Enumerable.Range(0, 100_000).Select(static i => $"c{i}"));
        Assert.Equal("too_complex", Reading.Failure(DocumentKind.Csv, Samples.Utf8(csv + "\n" + csv)));
    }

    private static async Task<(int Chunks, string? Code)> ProcessAsync(DocumentKind kind, byte[] content, KnowledgeOptions options)
    {
        var parser = new ParserProcess(Options.Create(options), NullLogger<ParserProcess>.Instance);
        try
        {
            var chunks = await parser.ReadAsync(
                kind, async (input, token) => await input.WriteAsync(content, token), static (_, _) => { }, TestContext.Current.CancellationToken);
            return (chunks.Count, null);
        }
        catch (ParseException exception)
        {
            return (0, exception.Code);
        }
    }

    private static (DocumentKind Kind, byte[] Content, string Code) Make(string what) => what switch
    {
        "damaged pdf" => (DocumentKind.Pdf, Samples.Utf8("%PDF-1.7\nnothing else"), "damaged"),
        "encrypted pdf" => (DocumentKind.Pdf, Samples.EncryptedPdf(), "encrypted"),
        "too many pages" => (DocumentKind.Pdf, Samples.Pdf([.. Enumerable.Repeat("page", 6)]), "too_many_pages"),
        "not a word document" => (DocumentKind.Docx, Zip("xl/workbook.xml"), "wrong_type"),
        "encrypted docx" => (DocumentKind.Docx, Samples.EncryptedDocx(), "encrypted"),
        "old doc" => (DocumentKind.Docx, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[512]], "wrong_type"),
        "zip bomb" => (DocumentKind.Docx, Samples.DocxOf(static part => part.Write(new byte[40_000_000])), "too_complex"),
        "deep xml" => (DocumentKind.Docx, Samples.DocxOf(static part => part.Write(Samples.Utf8(string.Concat(Enumerable.Repeat("<a>", 5000))))), "too_complex"),
        "entities" => (DocumentKind.Docx, Samples.DocxOf(static part => part.Write(Samples.Utf8("""<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>"""))), "damaged"),
        "deep json" => (DocumentKind.Json, Samples.Utf8(new string('[', 10_000)), "too_complex"),
        "broken json" => (DocumentKind.Json, Samples.Utf8("{\"a\": "), "damaged"),
        "many columns" => (DocumentKind.Csv, Samples.Utf8(new string(',', 100_000)), "too_complex"),
        "open quote" => (DocumentKind.Csv, Samples.Utf8("a,b\n\"" + string.Concat(Enumerable.Repeat("c,d\n", 500_000))), "damaged"),
        "empty html" => (DocumentKind.Html, Samples.Utf8("<html><script>1</script></html>"), "no_text"),
        "no text" => (DocumentKind.Pdf, Samples.Pdf(""), "no_text"),
        "binary" => (DocumentKind.Text, [.. Enumerable.Range(0, 4096).Select(static i => (byte)(i * 31))], "wrong_type"),
        "too much text" => (DocumentKind.Text, Samples.Utf8(string.Concat(Enumerable.Repeat("Some words that go on and on. ", 2000))), "too_many_chunks"),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static byte[] Zip(string entry)
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry(entry).Open();
            part.Write(Encoding.UTF8.GetBytes("<a/>"));
        }

        return stream.ToArray();
    }
}
