namespace ChatApp.Api.Accounts.Export;

/// <summary>A part of the document: what a query gives, row by row.</summary>
/// <param name="Name">The part's name in the document.</param>
/// <param name="Sql">The query, of <c>@userId</c> alone. Its columns become members, in camel case.</param>
/// <param name="Tables">Which tables it tells of.</param>
internal sealed record ExportSection(string Name, string Sql, params string[] Tables)
{
    /// <summary>Whether there is one row, which is written as an object and not as a list.</summary>
    public bool IsOne { get; init; }
}
