namespace ChatApp.Api.Knowledge.Documents;

/// <summary>What a document is written in.</summary>
internal enum DocumentKind
{
    Text,
    Markdown,
    Html,
    Csv,
    Json,
    Docx,
    Pdf,
}
