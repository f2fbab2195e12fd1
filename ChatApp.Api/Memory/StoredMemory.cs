namespace ChatApp.Api.Memory;

/// <summary>Something that a character knows of a person, as the person sees it.</summary>
/// <param name="Id">The memory's id.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Speaker">Who said it.</param>
/// <param name="Text">Its words.</param>
/// <param name="SaidAt">When it was said.</param>
/// <param name="Pinned">Whether the person pinned it: it goes before others, and stays when its message is edited away.</param>
/// <param name="Importance">What it weighs, 0 to 1.</param>
/// <param name="ConversationId">Where it was said; null for notes, and when that conversation is deleted.</param>
/// <param name="MessageId">The message that it is, or was drawn from; null for notes.</param>
/// <param name="CreatedAt">When it was taken in.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Reasons">Why a search found it, in a few words each: <c>words: dog, called</c>, <c>similar meaning</c>; null where nothing was searched.</param>
public sealed record StoredMemory(
    Guid Id,
    MemoryKind Kind,
    MemorySpeaker Speaker,
    string Text,
    DateTimeOffset SaidAt,
    bool Pinned,
    double Importance,
    Guid? ConversationId,
    Guid? MessageId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<string>? Reasons);
