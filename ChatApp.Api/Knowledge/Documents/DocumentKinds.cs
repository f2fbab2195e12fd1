using ChatApp.Api.Knowledge.Uploads;

namespace ChatApp.Api.Knowledge.Documents;

internal static class DocumentKinds
{
    /// <summary>What is taken, for people.</summary>
    public const string Accepted = "txt, md, html, csv, json, pdf and docx";

    extension(DocumentKind format)
    {
        /// <summary>Its name in the database.</summary>
        public string Stored => format switch
        {
            DocumentKind.Text => "text",
            DocumentKind.Markdown => "markdown",
            DocumentKind.Html => "html",
            DocumentKind.Csv => "csv",
            DocumentKind.Json => "json",
            DocumentKind.Docx => "docx",
            _ => "pdf",
        };

        public string MediaType => format switch
        {
            DocumentKind.Text => "text/plain",
            DocumentKind.Markdown => "text/markdown",
            DocumentKind.Html => "text/html",
            DocumentKind.Csv => "text/csv",
            DocumentKind.Json => "application/json",
            DocumentKind.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            _ => "application/pdf",
        };
    }

    public static DocumentKind FromStored(string stored) => Enum.Parse<DocumentKind>(stored, ignoreCase: true);

    /// <summary>The format that a file's name promises; null for one that is not taken.</summary>
    public static DocumentKind? ByName(string name) => DocumentName.Extension(name) switch
    {
        "" or "txt" or "text" or "log" => DocumentKind.Text,
        "md" or "markdown" => DocumentKind.Markdown,
        "html" or "htm" or "xhtml" => DocumentKind.Html,
        "csv" or "tsv" => DocumentKind.Csv,
        "json" => DocumentKind.Json,
        "docx" => DocumentKind.Docx,
        "pdf" => DocumentKind.Pdf,
        _ => null,
    };
}
