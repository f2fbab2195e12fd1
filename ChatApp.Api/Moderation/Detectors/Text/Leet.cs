namespace ChatApp.Api.Moderation.Detectors.Text;

/// <summary>Which letters a sign stands for between letters: <c>k1ll</c>, <c>p0rn</c>, <c>s*x</c>.</summary>
internal static class Leet
{
    /// <summary>The letters; empty where it stands for none.</summary>
    public static ReadOnlySpan<char> Letters(char sign) => sign switch
    {
        '0' => "o",
        '1' => "il",
        '2' => "z",
        '3' => "e",
        '4' => "a",
        '5' => "s",
        '6' => "g",
        '7' => "t",
        '8' => "b",
        '9' => "g",
        '@' => "a",
        '$' or '§' => "s",
        '!' or '¡' => "i",
        '|' => "il",
        '+' => "t",
        '€' => "e",
        '£' => "l",
        '(' => "c",
        '*' or '#' or '%' => "aeiouc",
        _ => "",
    };

    /// <summary>Whether the sign is part of a word where letters stand on both sides of it.</summary>
    public static bool JoinsInside(char sign) => sign is '@' or '$' or '§' or '!' or '¡' or '|' or '+' or '€' or '£' or '*' or '#' or '%';

    /// <summary>Whether a word may begin with it.</summary>
    public static bool Begins(char sign) => sign is '@' or '$' or '€' or '£';
}
