namespace ChatApp.Api.Moderation.Detectors.Text;

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
