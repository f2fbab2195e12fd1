using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Knowledge.Parsing;

namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>Says what an upload is: what it contains decides, and its name where contents look alike.</summary>
internal static class UploadFormat
{
    private const int HeadLength = 1024;

    private static ReadOnlySpan<byte> Pdf => "%PDF-"u8;

    /// <summary>Reads what it needs to, and leaves the content at its beginning.</summary>
    /// <exception cref="UploadException">It is nothing that can be read.</exception>
    public static DocumentKind Detect(SpooledUpload upload)
    {
        Span<byte> buffer = stackalloc byte[HeadLength];
        var head = buffer[..upload.Content.ReadAtLeast(buffer, HeadLength, throwOnEndOfStream: false)];
        upload.Content.Position = 0;
        var promised = DocumentKinds.ByName(upload.Name);

        // Other programs take a few bytes before the mark; a text that only speaks of it is none.
        var mark = head.IndexOf(Pdf);
        if (mark >= 0 && (promised is DocumentKind.Pdf || head[..mark].Trim(" \r\n\t\uFEFF"u8).IsEmpty))
        {
            return DocumentKind.Pdf;
        }

        // An encrypted docx is in Microsoft's older container; reading it tells so.
        if (ZipPackage.IsZip(head) || ZipPackage.IsCompoundFile(head))
        {
            return promised is DocumentKind.Docx ? DocumentKind.Docx : throw Unknown(upload.Name);
        }

        switch (promised)
        {
            case null:
                throw Unknown(upload.Name);
            case DocumentKind.Pdf or DocumentKind.Docx:
                throw new UploadException(StatusCodes.Status415UnsupportedMediaType, $"'{upload.Name}' is not what its name says. Save it anew with the program that made it.");
            default:
                var isText = TextEncoding.Detect(upload.Content) is not null;
                upload.Content.Position = 0;
                return isText
                    ? promised.Value
                    : throw new UploadException(StatusCodes.Status415UnsupportedMediaType, $"'{upload.Name}' is not text. Save it as UTF-8 text.");
        }
    }

    private static UploadException Unknown(string name) => new(
        StatusCodes.Status415UnsupportedMediaType, $"'{name}' is of a type that cannot be read. Documents are {DocumentKinds.Accepted}.");
}
