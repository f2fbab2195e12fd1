using System.Runtime.InteropServices;

namespace ChatApp.Api.Retrieval;

/// <summary>What BM25 compares with: how many there are, and how long they are on average.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContextualSizes(int Documents, int Groups, double Length, double WindowLength, double GroupLength)
{
    /// <summary>How much a term says that so many of all have.</summary>
    public static double Rarity(int all, int having) => Math.Log(1 + ((all - having + 0.5) / (having + 0.5)));
}
