namespace ChatApp.Api.Memory.Recall;

/// <summary>A scope's switches, and whether there is anything to recall.</summary>
internal sealed class RecallScope
{
    public bool Remembers { get; init; }

    public bool StaysInside { get; init; }

    public bool HasMemories { get; init; }

    /// <summary>The question's words, each as a tsvector.</summary>
    public string[] Analysed { get; init; } = [];
}
