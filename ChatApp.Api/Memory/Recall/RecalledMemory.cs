using System.Text.Json.Serialization;

namespace ChatApp.Api.Memory.Recall;

/// <summary>A memory that an answer was given.</summary>
/// <param name="Id">The memory's id; it may have been deleted since.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Speaker">Who said it.</param>
/// <param name="Text">Its words.</param>
/// <param name="SaidAt">When it was said.</param>
/// <param name="Pinned">Whether the person pinned it.</param>
/// <param name="Score">How well it fitted, 0 to 1; comparable within one answer only.</param>
/// <param name="Reasons">Why, in a few words each: <c>pinned</c>, <c>words: dog, called</c>, <c>similar meaning</c>.</param>
/// <param name="ConversationId">Where it was said; null for notes.</param>
/// <param name="MessageId">The message; null for notes.</param>
public sealed record RecalledMemory(
    Guid Id,
    MemoryKind Kind,
    MemorySpeaker Speaker,
    string Text,
    DateTimeOffset SaidAt,
    bool Pinned,
    double Score,
    IReadOnlyList<string> Reasons,
    Guid? ConversationId,
    Guid? MessageId)
{
    /// <summary>Why it looks like instructions for the model, in a word each; null when it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Suspicious { get; init; }
}
