namespace ChatApp.Api.Prompting;

/// <summary>About how many tokens a text has, where nobody counts.</summary>
internal static class TokenEstimate
{
    // Outside the Latin alphabet a character is often a token of its own.
    private const double OtherScripts = 0.8;

    public static double Of(string text, double charactersPerToken)
    {
        var others = 0;
        foreach (var character in text)
        {
            others += character > '\u024f' ? 1 : 0;
        }

        return ((text.Length - others) / charactersPerToken) + (others * Math.Max(OtherScripts, 1 / charactersPerToken));
    }
}
