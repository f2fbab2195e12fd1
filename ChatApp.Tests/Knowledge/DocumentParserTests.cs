using System.Text;
using ChatApp.Api.Knowledge.Documents;
using DocumentFormat.OpenXml.Wordprocessing;
using Xunit;
using static ChatApp.Tests.Knowledge.Reading;

namespace ChatApp.Tests.Knowledge;

public sealed class DocumentParserTests
{
    [Fact]
    public void Read_Markdown_SectionsWithPathsItemsAndRows()
    {
        var chunks = Read(DocumentKind.Markdown, Samples.Guide);

        Assert.Equal(["Pump guide", "Pump guide › Installation", "Pump guide › Warranty"], chunks.Select(static c => c.Heading));
        Assert.Contains("Connect the suction hose with the blue clamp.", chunks[1].Text, StringComparison.Ordinal);
        Assert.Contains("- Check the filter first.\n- Fill the housing with water.", chunks[1].Text, StringComparison.Ordinal);
        Assert.Contains("Part: Impeller; Price: 18 euros\nPart: Gasket; Price: 4 euros", chunks[2].Text, StringComparison.Ordinal);
        Assert.All(chunks, static c => Assert.Null(c.Page));
    }

    [Fact]
    public void Read_Text_ParagraphsUnderGuessedHeadings()
    {
        var chunks = Read(DocumentKind.Text, "1. Beginnings\n\nIt was long ago.\n\n1.1 The river\n\nIt was wide.\n\nSECOND PART\n\nNobody knew.\n\nNames\n-----\nAda and Bob.");

        Assert.Equal(
            ["1. Beginnings: It was long ago.", "1. Beginnings › 1.1 The river: It was wide.", "SECOND PART: Nobody knew.", "SECOND PART › Names: Ada and Bob."],
            chunks.Select(static c => $"{c.Heading}: {c.Text}"));
    }

    [Fact]
    public void Read_Html_WhatPeopleSeeOfIt()
    {
        var chunks = Read(DocumentKind.Html, """
            <html><head><title>Tea shop</title><style>p { color: red }</style></head><body>
            <nav><a href="/">Home</a> Navigation words</nav><script>alert("script words")</script>
            <h1>Opening hours</h1><p>We open at <b>nine</b>.</p><p hidden>hidden words</p>
            <ul><li>Closed on <i>Mondays</i><li>Open on Sundays</ul>
            <h2>Prices</h2><table><tr><th>Tea</th><th>Price</th></tr><tr><td>Assam</td><td>3 euros</td></tr></table>
            <div>Ask <div>for</div> more<img src="http://127.0.0.1:1/x.png" alt="a teapot"></div></body></html>
            """);

        Assert.Equal(["Tea shop › Opening hours", "Tea shop › Opening hours › Prices"], chunks.Select(static c => c.Heading));
        Assert.Equal("We open at nine.\n\n- Closed on Mondays\n- Open on Sundays", chunks[0].Text);
        Assert.Equal("Tea: Assam; Price: 3 euros\n\nAsk\n\nfor\n\nmore a teapot", chunks[1].Text);
    }

    [Theory]
    [InlineData("name,city\nAda,London\n\"Bob, Jr.\",Paris\n")]
    [InlineData("name;city\nAda;London\n\"Bob, Jr.\";Paris")]
    [InlineData("name\tcity\r\nAda\tLondon\r\nBob, Jr.\tParis\r\n")]
    public void Read_Csv_RowsCarryTheHeader(string csv) =>
        Assert.Equal("name: Ada; city: London\nname: Bob, Jr.; city: Paris", Assert.Single(Read(DocumentKind.Csv, csv)).Text);

    [Fact]
    public void Read_CsvOfNumbers_NoHeaderIsMadeUp() =>
        Assert.Equal("1 | 2\n3 | 4", Assert.Single(Read(DocumentKind.Csv, "1,2\n3,4\n")).Text);

    [Fact]
    public void Read_Json_ValuesByTheirPaths()
    {
        var chunks = Read(DocumentKind.Json, """{"shop": "Tea & Co", "products": [{"name": "Assam", "tags": ["black", "strong"]}, {"name": "Sencha", "price": 4.5, "old": null}]}""");

        Assert.Equal(["shop: Tea & Co", "products[1].name: Assam\nproducts[1].tags[1]: black\nproducts[1].tags[2]: strong\nproducts[2].name: Sencha\nproducts[2].price: 4.5"], chunks.Select(static c => c.Text));
        Assert.Equal(["shop", "products"], chunks.Select(static c => c.Heading));
    }

    [Fact]
    public void Read_Docx_HeadingsListsAndTables()
    {
        var content = Samples.Docx(static body => body.Append(
            Samples.Paragraph("Handbook", "Title"),
            Samples.Paragraph("Leave", "Heading1"),
            Samples.Paragraph("Everybody has 28 days of leave."),
            new Table(Samples.Row("Country", "Days"), Samples.Row("Norway", "25"), Samples.Row("France", "30"))));

        var chunk = Assert.Single(Read(DocumentKind.Docx, content));

        Assert.Equal("Handbook › Leave", chunk.Heading);
        Assert.Equal("Everybody has 28 days of leave.\n\nCountry: Norway; Days: 25\nCountry: France; Days: 30", chunk.Text);
    }

    [Fact]
    public void Read_Pdf_PagesParagraphsAndProgress()
    {
        var progress = new List<(int, int)>();
        var filler = string.Join('\n', Enumerable.Range(1, 20).Select(static i => $"This is line {i} of a page with enough words on it."));

        var chunks = Read(DocumentKind.Pdf, Samples.Pdf(filler, "2.1 Warranty\n\n\nThe warranty lasts thirty-\nsix months from the pur-\nchase."), progress: (done, all) => progress.Add((done, all)));

        Assert.Equal([1, 2], chunks.Select(static c => c.Page!.Value));
        Assert.Contains("line 7 of a page", chunks[0].Text, StringComparison.Ordinal);
        Assert.Contains("months from the purchase.", chunks[1].Text, StringComparison.Ordinal);
        Assert.Equal([(0, 2), (1, 2), (2, 2)], progress);
    }

    [Fact]
    public void Read_LongText_ChunksOfAboutAThousandCharactersThatLoseNothing()
    {
        var sentences = Enumerable.Range(0, 400).Select(static i => $"Sentence number {i} says that the value of item {i * 7} is neither large nor small.").ToList();

        var chunks = Read(DocumentKind.Text, string.Join(' ', sentences));

        Assert.All(chunks, static c => Assert.InRange(c.Text.Length, 400, 1200));
        Assert.All(chunks, static c => Assert.EndsWith(".", c.Text, StringComparison.Ordinal));
        Assert.Equal(string.Join(' ', sentences), string.Join(' ', chunks.Select(static c => c.Text)));
    }

    [Fact]
    public void Read_TextWithoutAnyBreak_IsCutAllTheSame()
    {
        var chunks = Read(DocumentKind.Text, string.Concat(Enumerable.Repeat("😀", 3000)));

        Assert.All(chunks, static c => Assert.True(c.Text.Length <= 1200 && c.Text.Length % 2 == 0));
        Assert.Equal(6000, chunks.Sum(static c => c.Text.Length));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    public void Read_OtherEncodings_TheSameText(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string text = "Der Käfer läuft über die Straße, und zwar sehr schnell.";

        var bare = Read(DocumentKind.Text, Encoding.GetEncoding(name).GetBytes(text));
        var marked = Read(DocumentKind.Text, [.. Encoding.GetEncoding(name).GetPreamble(), .. Encoding.GetEncoding(name).GetBytes(text)]);

        Assert.Equal(text, Assert.Single(bare).Text);
        Assert.Equal(text, Assert.Single(marked).Text);
    }

    [Fact]
    public void Read_ControlAndInvisibleCharacters_AreGone() =>
        Assert.Equal("one two three", Assert.Single(Read(DocumentKind.Text, "one\u200b two\u00a0\u00a0thr\u00adee\u202e\f")).Text);
}
