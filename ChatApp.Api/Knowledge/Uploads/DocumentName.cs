using System.Globalization;
using System.Text;

namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>Makes a file's name, which whoever sent it chose, one that can be shown and stored.</summary>
internal static class DocumentName
{
    public const int MaxLength = 200;

    /// <summary>No folders, no control characters and nothing that turns the direction of text around; never empty.</summary>
    public static string Clean(string? sent)
    {
        var name = (sent ?? "").Normalize(NormalizationForm.FormC);
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator)
            {
                clean.Append(' ');
            }
            else if (category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                && rune != Rune.ReplacementChar)
            {
                clean.Append(rune);
            }
        }

        name = clean.ToString().Trim(' ', '.');
        return name.Length == 0 ? "document" : Shorten(name);
    }

    /// <summary>What follows the last full stop, in small letters; empty when there is none.</summary>
    public static string Extension(string name)
    {
        var dot = name.LastIndexOf('.');
#pragma warning disable CA1308 // Extensions are written in small letters.
        return dot > 0 && name.Length - dot <= 10 ? name[(dot + 1)..].ToLowerInvariant() : "";
#pragma warning restore CA1308
    }

    // The extension stays, because people tell files by it.
    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength)
        {
            return name;
        }

        var extension = Extension(name);
        var ending = extension.Length == 0 ? "…" : "…." + extension;
        var kept = MaxLength - ending.Length;
        return name[..(char.IsHighSurrogate(name[kept - 1]) ? kept - 1 : kept)] + ending;
    }
}
