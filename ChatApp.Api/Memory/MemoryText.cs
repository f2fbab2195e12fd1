using ChatApp.Api.Retrieval;

namespace ChatApp.Api.Memory;

/// <summary>The bounds of a memory's text.</summary>
internal static class MemoryText
{
    /// <summary>Characters of what a person writes as a memory, at most.</summary>
    public const int MaxNote = 2000;

    // Postgres refuses more than a megabyte of terms, and nobody is reminded of the end of so long a message by its words.
    private const int MaxAnalysed = 40_000;

    /// <summary>The text, or its beginning, as <c>to_tsvector</c> is to take it apart.</summary>
    public static string ToTerms(string text) => TextAnalysis.Prepare(text.Length <= MaxAnalysed ? text : Cut(text, MaxAnalysed));

    /// <summary>The text's beginning, marked as such when there is more.</summary>
    public static string Shorten(string text, int length) => text.Length <= length ? text : Cut(text, length - 1) + '…';

    // Never between the halves of one character.
    private static string Cut(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
