using System.Text.Json.Serialization;
using ChatApp.Api.Knowledge;
using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Tone;

namespace ChatApp.Api.Turns;

/// <summary>What an answer was given besides the conversation, and why.</summary>
/// <param name="Memories">What the character remembered, best first.</param>
/// <param name="MemoryReason">Why there are some or none: <c>searched</c>, <c>empty</c>, <c>small_talk</c>, <c>switched_off</c>, <c>stays_inside</c> or <c>unavailable</c>.</param>
/// <param name="Snippets">What documents said, by the numbers that the answer cites.</param>
/// <param name="KnowledgeReason">The same for these.</param>
/// <param name="Pinned">Whether the message asked to be remembered for good.</param>
/// <param name="Forgotten">What was forgotten because the message asked for it.</param>
/// <param name="Note">A sentence about that; null for none.</param>
public sealed record TurnRecall(
    IReadOnlyList<RecalledMemory> Memories,
    string MemoryReason,
    IReadOnlyList<RecalledSnippet> Snippets,
    string KnowledgeReason,
    bool Pinned,
    IReadOnlyList<string> Forgotten,
    string? Note)
{
    /// <summary>What somebody reads who may need help before they read anything else; null for most.</summary>
    public string? Notice { get; init; }

    /// <summary>How the person sounded, where they let that be read and it was not plain; null otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Emotion? Tone { get; init; }

    /// <summary>Of a turn for which nothing was looked for: it has not begun, or is older than memory.</summary>
    internal static TurnRecall None { get; } = new([], RecallReasons.Empty, [], RecallReasons.Empty, false, [], null);

    /// <summary>Whether readers are told: something was found, or done.</summary>
    internal bool IsTold => Memories.Count > 0 || Snippets.Count > 0 || Pinned || Forgotten.Count > 0 || Note is not null || Notice is not null;
}
