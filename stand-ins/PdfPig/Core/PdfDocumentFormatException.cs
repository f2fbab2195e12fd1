namespace UglyToad.PdfPig.Core;

public class PdfDocumentFormatException : Exception
{
    public PdfDocumentFormatException()
    {
    }

    public PdfDocumentFormatException(string message)
        : base(message)
    {
    }

    public PdfDocumentFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
