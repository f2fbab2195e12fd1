using System.Text;

namespace ChatApp.Api.Moderation.Injection;

/// <summary>Finds text that is written in Base64 or in hexadecimal digits.</summary>
internal static class EncodedText
{
    private const int Shortest = 24;
    private const int Most = 20;
    private const int Longest = 20_000;

    /// <summary>What it says, decoded; only what is readable.</summary>
    public static IEnumerable<string> Find(string text) =>
        Runs(text, Shortest).SelectMany(static code => Readings(code).Where(IsReadable).Take(1)).Take(Most);

    /// <summary>What may be a code, as long as <paramref name="shortest"/> or longer; of a very long one the beginning.</summary>
    public static IEnumerable<string> Runs(string text, int shortest)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var begin = i;
            while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '+' or '/' or '-' or '_'))
            {
                i++;
            }

            if (i - begin >= shortest)
            {
                yield return text[begin..Math.Min(i, begin + Longest)];
            }
        }
    }

    /// <summary>What a code may say: as hexadecimal digits, and as Base64 that begins at its first, second, third or fourth sign.</summary>
    public static IEnumerable<string> Readings(string code)
    {
        if (code.All(char.IsAsciiHexDigit))
        {
            yield return Encoding.UTF8.GetString(Convert.FromHexString(code[..(code.Length / 2 * 2)]));
        }

        var plain = code.Replace('-', '+').Replace('_', '/');
        for (var skip = 0; skip < 4 && plain.Length - skip >= 4; skip++)
        {
            var part = plain[skip..];
            // What is left over of the last four signs is a letter at most.
            var whole = part.Length % 4 == 1 ? part[..^1] : part;
            var bytes = new byte[whole.Length];
            if (Convert.TryFromBase64String(whole.PadRight((whole.Length + 3) / 4 * 4, '='), bytes, out var length))
            {
                yield return Encoding.Latin1.GetString(bytes, 0, length) is var read && read.All(char.IsAscii) ? read : Encoding.UTF8.GetString(bytes, 0, length);
            }
        }
    }

    private static bool IsReadable(string text) =>
        text.Length >= Shortest / 2 && !text.Contains('\uFFFD', StringComparison.Ordinal) && text.Count(static c => char.IsLetter(c) || c == ' ') >= text.Length * 0.8;
}
