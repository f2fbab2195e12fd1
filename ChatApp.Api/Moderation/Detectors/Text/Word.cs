namespace ChatApp.Api.Moderation.Detectors.Text;

/// <summary>A word of a folded text.</summary>
/// <param name="Begin">Its first character, in the folded text.</param>
/// <param name="End">Behind its last one.</param>
/// <param name="Sentence">The number of its sentence.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct Word(int Begin, int End, int Sentence, WordKind Kind)
{
    public int Length => End - Begin;
}

/// <summary>What a word is made of.</summary>
internal enum WordKind : byte
{
    /// <summary>Letters alone, or with digits.</summary>
    Plain,

    /// <summary>Letters with signs that may stand for letters.</summary>
    Disguised,

    /// <summary>Digits alone.</summary>
    Number,

    /// <summary>Single letters that were set apart: what stands between them is to be passed over, and words may stand inside.</summary>
    Spaced,
}
