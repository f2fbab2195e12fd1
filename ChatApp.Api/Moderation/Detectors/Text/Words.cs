namespace ChatApp.Api.Moderation.Detectors.Text;

/// <summary>Takes a folded text apart into words, in one pass.</summary>
internal static class Words
{
    // Fewer single letters in a row are a list, or initials.
    private const int FewestSpaced = 3;

    private const int MostSpaced = 128;

    // A word that is longer is none, and is read in parts.
    private const int Longest = 64;

    public static List<Word> Of(FoldedText text)
    {
        var characters = text.Characters;
        var words = new List<Word>((characters.Length / 5) + 1);
        var sentence = 0;
        for (var i = 0; i < characters.Length;)
        {
            if (!Begins(characters, i))
            {
                sentence += EndsSentence(characters, i) ? 1 : 0;
                i++;
                continue;
            }

            if (SpacedEnd(characters, i) is var spaced && spaced > i)
            {
                words.Add(new Word(i, spaced, sentence, WordKind.Spaced));
                i = spaced;
                continue;
            }

            var begin = i;
            var (letters, signs) = (0, 0);
            while (i < characters.Length && i - begin < Longest && Continues(characters, i))
            {
                (letters, signs) = char.IsLetter(characters[i]) ? (letters + 1, signs) : (letters, signs + (characters[i] == '\'' ? 0 : 1));
                i++;
                if (IsElision(characters, begin, i))
                {
                    break;
                }
            }

            words.Add(new Word(begin, i, sentence, letters == 0 ? WordKind.Number : signs > 0 ? WordKind.Disguised : WordKind.Plain));
        }

        return words;
    }

    private static bool Begins(ReadOnlySpan<char> text, int at) =>
        char.IsLetterOrDigit(text[at]) || (Leet.Begins(text[at]) && at + 1 < text.Length && char.IsLetter(text[at + 1]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1])));

    private static bool Continues(ReadOnlySpan<char> text, int at) =>
        char.IsLetterOrDigit(text[at]) || Leet.Begins(text[at]) || ((Leet.JoinsInside(text[at]) || text[at] == '\'') && Closes(text, at));

    // A sign is inside a word where a letter or a digit comes after it, or after one more sign.
    private static bool Closes(ReadOnlySpan<char> text, int at) =>
        at > 0 && at + 1 < text.Length
        && (char.IsLetterOrDigit(text[at + 1]) || (Leet.JoinsInside(text[at + 1]) && at + 2 < text.Length && char.IsLetterOrDigit(text[at + 2])));

    // French and Italian: l'enfant are two words.
    private static bool IsElision(ReadOnlySpan<char> text, int begin, int end) =>
        text[end - 1] == '\'' && (end - begin == 2 ? text[begin] is 'l' or 'd' or 'j' or 'n' or 's' or 'm' or 't' or 'c' : end - begin == 3 && text[begin] == 'q' && text[begin + 1] == 'u');

    private static bool EndsSentence(ReadOnlySpan<char> text, int at) =>
        text[at] is '\n' or '?' or '!' or '。' or '…' || (text[at] is '.' or ';' && (at + 1 >= text.Length || char.IsWhiteSpace(text[at + 1])));

    /// <summary>The end of single letters with one and the same sign between them; the beginning where there are none.</summary>
    private static int SpacedEnd(ReadOnlySpan<char> text, int begin)
    {
        if (begin + 4 >= text.Length || char.IsLetterOrDigit(text[begin + 1]) || text[begin + 1] == '\n')
        {
            return begin;
        }

        var gap = text[begin + 1];
        var (end, count, letters) = (begin + 1, 1, 0);
        letters += char.IsLetter(text[begin]) ? 1 : 0;
        while (count < MostSpaced && end + 1 < text.Length && text[end] == gap && IsSingle(text, end + 1))
        {
            letters += char.IsLetter(text[end + 1]) ? 1 : 0;
            count++;
            end += 2;
        }

        return count >= FewestSpaced && letters * 2 > count ? end : begin;
    }

    private static bool IsSingle(ReadOnlySpan<char> text, int at) =>
        (char.IsLetterOrDigit(text[at]) || Leet.Letters(text[at]).Length > 0) && (at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]));
}
