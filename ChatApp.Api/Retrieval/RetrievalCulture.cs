using System.Globalization;

namespace ChatApp.Api.Retrieval;

/// <summary>The culture of a text search configuration of Postgres, whose names say the language in English.</summary>
internal static class RetrievalCulture
{
    /// <summary>The culture, for its names of months and days; the invariant one, whose names are English, where there is none of that name.</summary>
    public static CultureInfo Of(string language) =>
        Array.Find(CultureInfo.GetCultures(CultureTypes.NeutralCultures), c => c.EnglishName.Equals(language, StringComparison.OrdinalIgnoreCase))
        ?? CultureInfo.InvariantCulture;
}
