using System.Runtime.InteropServices;

namespace ChatApp.Api.Retrieval;

/// <summary>What BM25 compares with: how many there are, and how long they are on average.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContextualSizes(int Documents, int Groups, double Length, double WindowLength, double GroupLength)
{
    // What any language is taken to hold besides: so many documents, one of which has the term.
    private const int Besides = 50;

    /// <summary>How much a term says that so many of all have.</summary>
    public static double Rarity(int all, int having) => Math.Log(1 + ((all - having + 0.5) / (having + 0.5)));

    /// <summary>
    /// The same for what share of a question something covers. Of the first few things that somebody says, half may speak of their dog: that
    /// does not make "dog" a word that says little, nor a word that nobody has used yet the one that matters.
    /// </summary>
    public static double Telling(int all, int having) => Rarity(all + Besides, having + 1);
}
