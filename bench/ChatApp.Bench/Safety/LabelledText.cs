using System.Security.Cryptography;
using System.Text;

namespace ChatApp.Bench.Safety;

/// <summary>A text of a file, and what people said of it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Labels">What it is by the file's names: true, false, or absent where nobody said.</param>
/// <param name="Set">Which part of the file it is of.</param>
internal sealed record LabelledText(string Text, IReadOnlyDictionary<string, bool> Labels, string Set)
{
    /// <summary>
    /// Whether it is of the half that is kept back, by a hash of the text: rules are made looking at the other half only, and both are reported.
    /// </summary>
    public bool IsKept { get; } = (SHA256.HashData(Encoding.UTF8.GetBytes(Text))[0] & 1) == 1;
}
