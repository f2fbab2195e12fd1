namespace UglyToad.PdfPig.Exceptions;

public class PdfDocumentEncryptedException : Exception
{
    public PdfDocumentEncryptedException()
    {
    }

    public PdfDocumentEncryptedException(string message)
        : base(message)
    {
    }

    public PdfDocumentEncryptedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
