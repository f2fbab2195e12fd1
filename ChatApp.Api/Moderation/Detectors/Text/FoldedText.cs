namespace ChatApp.Api.Moderation.Detectors.Text;

/// <summary>A text as it is read, and for each of its characters where that stood in the text as it was written.</summary>
internal sealed class FoldedText
{
    private FoldedText(char[] characters, int[] starts, int[] ends, int length) =>
        (_characters, _starts, _ends, Length) = (characters, starts, ends, length);

    private readonly char[] _characters;
    private readonly int[] _starts;
    private readonly int[] _ends;

    /// <summary>How many characters are read.</summary>
    public int Length { get; }

    public ReadOnlySpan<char> Characters => _characters.AsSpan(0, Length);

    /// <summary>Where a character began, in UTF-16 units of the original.</summary>
    public int Start(int index) => _starts[index];

    /// <summary>Where it ended, with the invisible ones and the marks after it.</summary>
    public int End(int index) => _ends[index];

    public static FoldedText Of(ReadOnlySpan<char> text)
    {
        var (characters, starts, ends) = (new char[text.Length + 16], new int[text.Length + 16], new int[text.Length + 16]);
        var (length, position) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            // Half of a pair stands for one unit, as the replacement sign does.
            var end = position + rune.Utf16SequenceLength;
            if (rune.Value < 128)
            {
                Grow(1);
                Append(char.ToLowerInvariant((char)rune.Value));
            }
            else if (LookAlikes.Read(rune) is { Length: > 0 } read)
            {
                Grow(read.Length);
                foreach (var character in read)
                {
                    Append(character);
                }
            }
            else if (length > 0)
            {
                ends[length - 1] = end;
            }

            position = end;

            void Append(char character) => (characters[length], starts[length], ends[length++]) = (character, position, end);
        }

        return new FoldedText(characters, starts, ends, length);

        void Grow(int by)
        {
            if (length + by > characters.Length)
            {
                Array.Resize(ref characters, (characters.Length * 2) + by);
                Array.Resize(ref starts, characters.Length);
                Array.Resize(ref ends, characters.Length);
            }
        }
    }
}
