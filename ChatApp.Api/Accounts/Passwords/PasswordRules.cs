using System.Globalization;
using System.Text;

namespace ChatApp.Api.Accounts.Passwords;

/// <summary>
/// Refuses passwords that are guessed first: very common words, runs of the alphabet or the keyboard, repetitions, and what is known of the
/// person. Anything else of 8 characters or more is fine; nobody is asked for signs of certain kinds.
/// </summary>
internal static class PasswordRules
{
    public const int MinLength = 8;

    public const int MaxLength = 128;

    private const string SiteName = "chatapp";

    // What may be left of a password when everything that is easily guessed is taken out, and it is still refused.
    private const int Leftover = 4;

    // Shorter parts of names are in many words.
    private const int KnownPart = 4;

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "qazwsxedcrfvtgbyhnujm", "!@#$%^&*()", "147258369", "741852963", "789456123",
    ];

    private static readonly string[] RowsBothWays = [.. Rows, .. Rows.Select(static row => string.Concat(row.Reverse()))];

    /// <summary>What is wrong with a password, for the person who chose it; null when it is fine.</summary>
    /// <param name="password">The password.</param>
    /// <param name="known">What is known of the person: the address and the name.</param>
    public static string? Complaint(string password, params ReadOnlySpan<string> known)
    {
        if (password.Length is < MinLength or > MaxLength)
        {
            return "A password has 8 to 128 characters.";
        }

        var plain = password.ToLowerInvariant();
        foreach (var part in KnownParts(known))
        {
            if (IsMostly(plain, part) || IsMostly(WithoutDress(plain), part))
            {
                return "This password is made of your name, your address or the name of this site. Choose one that nobody can guess who knows you.";
            }
        }

        if (IsRepetition(plain) || Pieces(plain) <= 2)
        {
            return "This password is a repetition or a run of the keyboard. Choose one that is harder to guess, such as a few words that do not belong together.";
        }

        return plain.All(char.IsAsciiDigit) && plain.Length < 12
            ? "This password is a short number. Choose one that is harder to guess, such as a few words that do not belong together."
            : IsCommon(plain) || IsCommon(WithoutDress(plain))
            ? "This password is one of those that are tried first. Choose one that is harder to guess, such as a few words that do not belong together."
            : null;
    }

    private static List<string> KnownParts(ReadOnlySpan<string> known)
    {
        List<string> parts = [SiteName];
        foreach (var text in known)
        {
            var whole = text.ToLowerInvariant();
            parts.Add(whole);
            parts.Add(Letters(whole));
            parts.AddRange(whole.Split([' ', '@', '.', '-', '_', '+', '\''], StringSplitOptions.RemoveEmptyEntries));
        }

        return [.. parts.Where(static part => part.Length >= KnownPart).Distinct(StringComparer.Ordinal)];
    }

    // Not everything with a name in it: somebody called Anna may well like bananas.
    private static bool IsMostly(string password, string part)
    {
        var rest = password.Replace(part, "", StringComparison.Ordinal);
        return rest.Length < password.Length && rest.Length <= Leftover;
    }

    /// <summary>One short text, said over and over.</summary>
    private static bool IsRepetition(string text)
    {
        if (text.Distinct().Count() <= 2)
        {
            return true;
        }

        for (var unit = 1; unit <= Math.Min(6, text.Length / 2); unit++)
        {
            var repeats = true;
            for (var i = unit; i < text.Length && repeats; i++)
            {
                repeats = text[i] == text[i - unit];
            }

            if (repeats)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many runs of the alphabet, of digits, of the keyboard or of one character make up the text; each other character counts as one.</summary>
    private static int Pieces(string text)
    {
        var pieces = 0;
        for (var i = 0; i < text.Length; pieces++)
        {
            i += Math.Max(1, Run(text.AsSpan(i)));
        }

        return pieces;
    }

    private static int Run(ReadOnlySpan<char> text)
    {
        var same = 1;
        while (same < text.Length && text[same] == text[0])
        {
            same++;
        }

        var longest = same;
        foreach (var row in RowsBothWays)
        {
            for (var at = row.IndexOf(text[0], StringComparison.Ordinal); at >= 0; at = row.IndexOf(text[0], at + 1))
            {
                longest = Math.Max(longest, text.CommonPrefixLength(row.AsSpan(at)));
            }
        }

        return longest;
    }

    private static bool IsCommon(string text)
    {
        var core = text.AsSpan().TrimStart("0123456789!?.,;:*#$&+-_ ").TrimEnd("0123456789!?.,;:*#$&+-_ ").ToString();
        return core.Length <= 2 || IsWords(core, 2) || IsWords(Letters(core), 2);
    }

    private static bool IsWords(string text, int atMost) =>
        CommonWords.All.Contains(text)
        || (atMost > 1 && Enumerable.Range(2, Math.Max(0, text.Length - 3)).Any(at => CommonWords.All.Contains(text[..at]) && IsWords(text[at..], atMost - 1)));

    /// <summary>Letters for the digits and signs that people write in place of them.</summary>
    private static string WithoutDress(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(c switch { '0' => 'o', '1' or '!' or '|' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', '8' => 'b', _ => c });
        }

        return plain.ToString();
    }

    private static string Letters(string text) => string.Concat(text.Where(static c => char.GetUnicodeCategory(c) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter));
}
