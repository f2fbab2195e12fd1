using ChatApp.Tests.Knowledge;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;
using Xunit;

namespace ChatApp.Tests.StandIns;

public sealed class PdfDocumentTests
{
    [Fact]
    public void GetPages_SeveralPages_TheirTextInOrder()
    {
        using var document = PdfDocument.Open(Samples.Pdf([.. Enumerable.Range(1, 60).Select(static i => $"Page {i} (of many)")]));

        Assert.Equal(60, document.NumberOfPages);
        Assert.Equal(Enumerable.Range(1, 60), document.GetPages().Select(static p => p.Number));
        Assert.Equal("Page 57 (of many)", ContentOrderTextExtractor.GetText(document.GetPage(57), addDoubleNewline: true).Trim());
    }

    [Fact]
    public void Open_Encrypted_SaysSo() => Assert.Throws<PdfDocumentEncryptedException>(static () => PdfDocument.Open(Samples.EncryptedPdf()));

    [Fact]
    public void Open_NoPdf_SaysSo() => Assert.Throws<PdfDocumentFormatException>(static () => PdfDocument.Open("%PDF-1.7 nothing"u8.ToArray()));

    [Fact]
    public void GetPage_Disposed_Throws()
    {
        var document = PdfDocument.Open(Samples.Pdf("words"));
        document.Dispose();
        Assert.Throws<ObjectDisposedException>(() => document.GetPage(1));
    }
}
