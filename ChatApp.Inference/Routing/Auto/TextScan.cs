namespace ChatApp.Inference.Routing.Auto;

/// <summary>Counts in one pass over the bytes, without a copy.</summary>
internal static class TextScan
{
    // A long text is hard by its length; what it is about shows at its beginning and its end.
    private const int Head = 3072;
    private const int Tail = 1024;

    /// <summary>Adds what is in the text, which is UTF-8, to the features.</summary>
    public static void Count(ReadOnlySpan<byte> text, ref TextFeatures features)
    {
        features.Bytes += text.Length;
        if (text.Length <= Head + Tail)
        {
            CountPart(text, ref features);
            return;
        }

        CountPart(text[..Head], ref features);
        CountPart(text[^Tail..], ref features);
    }

    private static void CountPart(ReadOnlySpan<byte> text, ref TextFeatures features)
    {
        Span<char> word = stackalloc char[ComplexityWords.Longest];
        var length = 0;
        var wide = 0;
        byte last = (byte)'\n';
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (IsLetter(letter) || (letter == '-' && length > 0 && i + 1 < text.Length && IsLetter(text[i + 1])))
            {
                if (length < word.Length)
                {
                    word[length] = (char)(letter is >= (byte)'A' and <= (byte)'Z' ? letter | 0x20 : letter);
                }

                length++;
                // The first byte of a letter beyond Latin, Greek and Cyrillic: three of one make a letter.
                wide += letter >= 0xE0 ? 1 : 0;
                features.OtherScript += letter >= 0xCE ? 1 : 0;
            }
            else
            {
                EndWord(word, ref length, ref wide, ref features);
                CountSign(text, i, last, ref features);
            }

            last = letter;
        }

        EndWord(word, ref length, ref wide, ref features);
    }

    private static bool IsLetter(byte letter) =>
        letter >= 0x80 || (uint)((letter | 0x20) - 'a') <= 'z' - 'a' || letter == '\'';

    private static void EndWord(Span<char> word, ref int length, ref int wide, ref TextFeatures features)
    {
        if (length == 0)
        {
            return;
        }

        features.Words += wide > 1 ? (wide + 1) / 2 : 1;
        switch (ComplexityWords.Of(word[..Math.Min(length, word.Length)]))
        {
            case ComplexityWords.Kind.Reasoning:
                features.Reasoning++;
                break;
            case ComplexityWords.Kind.Making:
                features.Making++;
                break;
            case ComplexityWords.Kind.Constraint:
                features.Constraints++;
                break;
            case ComplexityWords.Kind.Code:
                features.Code++;
                break;
            case ComplexityWords.Kind.Maths:
                features.Maths++;
                break;
            case ComplexityWords.Kind.Easy:
                features.Easy++;
                break;
            default:
                break;
        }

        length = 0;
        wide = 0;
    }

    private static void CountSign(ReadOnlySpan<byte> text, int at, byte last, ref TextFeatures features)
    {
        var next = at + 1 < text.Length ? text[at + 1] : (byte)'\n';
        switch (text[at])
        {
            case (byte)'?' when last != '?':
                features.Questions++;
                break;
            case (byte)'`' when last != '`' && text[at..].StartsWith("```"u8):
                features.Fences++;
                break;
            case (byte)'{' or (byte)'}':
            case (byte)';' when next == '\n':
            case (byte)'=' when next is (byte)'=' or (byte)'>':
            case (byte)'(' when next == ')':
                features.CodeSigns++;
                break;
            case (byte)'^' or (byte)'\\':
            case (byte)'=' or (byte)'+' or (byte)'*' or (byte)'/' or (byte)'<' or (byte)'>' when IsOperand(last) && IsOperand(next):
                features.MathsSigns++;
                break;
            case (byte)',' or (byte)';' or (byte)':' when next is (byte)' ' or (byte)'\n':
                features.Clauses++;
                break;
            case (byte)'-' or (byte)'*' when last == '\n' && next == ' ':
            case >= (byte)'1' and <= (byte)'9' when last == '\n' && next is (byte)'.' or (byte)')':
                features.Items++;
                break;
            default:
                break;
        }
    }

    private static bool IsOperand(byte sign) => sign is (byte)' ' or (byte)')' or (byte)'(' or (>= (byte)'0' and <= (byte)'9') || IsLetter(sign);
}
