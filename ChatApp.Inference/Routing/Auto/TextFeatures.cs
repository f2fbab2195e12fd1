using System.Runtime.InteropServices;

namespace ChatApp.Inference.Routing.Auto;

/// <summary>What is counted in one text.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TextFeatures
{
    /// <summary>Bytes of the whole text, of which a bounded part is looked at.</summary>
    public int Bytes;

    /// <summary>Words; of scripts that write none apart, about two characters each.</summary>
    public int Words;

    /// <summary>Question marks, one for several in a row.</summary>
    public int Questions;

    /// <summary>Lines that begin as an item of a list does.</summary>
    public int Items;

    /// <summary>Fences of code (<c>```</c>).</summary>
    public int Fences;

    /// <summary>Signs that programs are full of: braces, semicolons at a line's end, arrows.</summary>
    public int CodeSigns;

    /// <summary>Signs of mathematics: operators between numbers or letters, commands of LaTeX.</summary>
    public int MathsSigns;

    /// <summary>Commas, semicolons and colons: parts of a sentence.</summary>
    public int Clauses;

    /// <summary>Words of each <see cref="ComplexityWords.Kind"/>.</summary>
    public int Reasoning, Making, Constraints, Code, Maths, Easy;

    /// <summary>Bytes of other scripts than Latin.</summary>
    public int OtherScript;

    /// <summary>Counts another part of the same message.</summary>
    public void Add(ReadOnlySpan<byte> text) => TextScan.Count(text, ref this);
}
