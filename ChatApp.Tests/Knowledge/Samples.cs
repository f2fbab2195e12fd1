using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ChatApp.Tests.Knowledge;

/// <summary>Small real files.</summary>
internal static class Samples
{
    public const string Guide = """
        # Pump guide

        What you need to know about the PX-200 garden pump.

        ## Installation

        Place the pump on level ground. Connect the suction hose with the blue clamp.

        - Check the filter first.
        - Fill the housing with water.

        ## Warranty

        The warranty lasts 36 months from the date of purchase, and covers the motor.

        | Part | Price |
        |------|-------|
        | Impeller | 18 euros |
        | Gasket | 4 euros |
        """;

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A PDF of one font, with a page for each text; its lines are set below each other, an empty one leaves a gap.</summary>
    public static byte[] Pdf(params string[] pages) => Pdf(pages, encrypt: false);

    /// <summary>The same, said to be encrypted with a password that nobody knows.</summary>
    public static byte[] EncryptedPdf() => Pdf(["Secret"], encrypt: true);

    public static byte[] Docx(Action<Body> write)
    {
        using var stream = new MemoryStream();
        using (var word = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = word.AddMainDocumentPart();
            var body = new Body();
            write(body);
            main.Document = new DocumentFormat.OpenXml.Wordprocessing.Document(body);
            main.Document.Save();
        }

        return stream.ToArray();
    }

    public static Paragraph Paragraph(string text, string? style = null) => new(
        style is null ? new ParagraphProperties() : new ParagraphProperties(new ParagraphStyleId { Val = style }),
        new Run(new Text(text)));

    public static TableRow Row(params string[] cells) => new(cells.Select(static c => new TableCell(Paragraph(c))));

    /// <summary>A zip whose main part is this.</summary>
    public static byte[] DocxOf(Action<Stream> writeDocumentXml)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var types = new StreamWriter(zip.CreateEntry("[Content_Types].xml").Open()))
            {
                types.Write("""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>""");
            }

            using var part = zip.CreateEntry("word/document.xml").Open();
            writeDocumentXml(part);
        }

        return stream.ToArray();
    }

    /// <summary>What Word makes of a document with a password: a container with an encrypted stream.</summary>
    public static byte[] EncryptedDocx() =>
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[600]];

    private static byte[] Pdf(string[] pages, bool encrypt)
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', Enumerable.Range(0, pages.Length).Select(static i => $"{4 + (2 * i)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        };
        foreach (var page in pages)
        {
            var content = new StringBuilder("BT /F1 12 Tf 14 TL 50 780 Td\n");
            foreach (var line in page.Split('\n'))
            {
                content.Append('(').Append(line.Replace("\\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal)).Append(") Tj T*\n");
            }

            content.Append("ET");
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {objects.Count + 2} 0 R >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        var key = new string('A', 64);
        var encryption = encrypt ? $"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >> /ID [<{key}> <{key}>]" : "";
        var pdf = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            pdf.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R {encryption} >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }
}
