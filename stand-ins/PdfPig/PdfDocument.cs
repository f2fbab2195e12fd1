using System.Globalization;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace UglyToad.PdfPig;

/// <summary>Reads by poppler's programs. Pages are read a few at a time, because each reading takes the file in anew.</summary>
public sealed class PdfDocument : IDisposable
{
    private const int PagesAtOnce = 50;

    private readonly byte[] _bytes;
    private string[] _texts = [];
    private int _firstText;
    private bool _disposed;

    private PdfDocument(byte[] bytes, int pages)
    {
        _bytes = bytes;
        NumberOfPages = pages;
    }

    public int NumberOfPages { get; }

    /// <exception cref="PdfDocumentFormatException">The bytes are not a document that can be read.</exception>
    /// <exception cref="Exceptions.PdfDocumentEncryptedException">It needs a password.</exception>
    public static PdfDocument Open(byte[] fileBytes)
    {
        ArgumentNullException.ThrowIfNull(fileBytes);
        var line = Poppler.Run("pdfinfo", ["-"], fileBytes).Split('\n').FirstOrDefault(static l => l.StartsWith("Pages:", StringComparison.Ordinal));
        return line is not null && int.TryParse(line.AsSpan("Pages:".Length), CultureInfo.InvariantCulture, out var pages)
            ? new PdfDocument(fileBytes, pages)
            : throw new PdfDocumentFormatException("The document does not say how many pages it has.");
    }

    public IEnumerable<Page> GetPages()
    {
        for (var number = 1; number <= NumberOfPages; number++)
        {
            yield return GetPage(number);
        }
    }

    public Page GetPage(int pageNumber)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageNumber, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageNumber, NumberOfPages);
        if (pageNumber < _firstText || pageNumber >= _firstText + _texts.Length)
        {
            var last = Math.Min(pageNumber + PagesAtOnce - 1, NumberOfPages);
            var text = Poppler.Run("pdftotext", ["-enc", "UTF-8", "-eol", "unix", "-f", Number(pageNumber), "-l", Number(last), "-", "-"], _bytes);
            // A form feed ends each page.
            _texts = [.. text.Split('\f').Concat(Enumerable.Repeat("", PagesAtOnce)).Take(last - pageNumber + 1)];
            _firstText = pageNumber;
        }

        return new Page(pageNumber, _texts[pageNumber - _firstText]);
    }

    public void Dispose() => _disposed = true;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
