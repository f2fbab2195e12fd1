using System.Runtime.InteropServices;

namespace ChatApp.Api.Moderation.Detectors.Text;

/// <summary>A word of a folded text.</summary>
/// <param name="Begin">Its first character, in the folded text.</param>
/// <param name="End">Behind its last one.</param>
/// <param name="Sentence">The number of its sentence.</param>
/// <param name="Kind">What it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Word(int Begin, int End, int Sentence, WordKind Kind)
{
    public int Length => End - Begin;
}
