using System.Text.Json.Serialization;

namespace ChatApp.Web.Api;

/// <summary>What a character knows of the signed-in person, in numbers, and what it may do with it.</summary>
/// <param name="Remembers">What is said is kept, and recalled.</param>
/// <param name="StaysInside">Memories are not shown to models of outside providers.</param>
/// <param name="Total">How many memories there are.</param>
/// <param name="Pinned">How many of them are pinned.</param>
public sealed record MemorySettings(bool Remembers, bool StaysInside, int Total, int Pinned);

/// <summary>The body that sets the two switches.</summary>
public sealed record MemorySwitches(bool Remembers, bool StaysInside);

/// <summary>Something that a character knows of a person.</summary>
/// <param name="Id">The memory's id.</param>
/// <param name="Kind">message, note or fact.</param>
/// <param name="Speaker">user or character.</param>
/// <param name="Text">Its words.</param>
/// <param name="SaidAt">When it was said.</param>
/// <param name="Pinned">It is kept in mind before others, and outlives its conversation.</param>
/// <param name="ConversationId">Where it was said, if that is still there.</param>
/// <param name="Reasons">Why a search found it.</param>
public sealed record StoredMemory(
    Guid Id,
    string Kind,
    string Speaker,
    string Text,
    DateTimeOffset SaidAt,
    bool Pinned,
    Guid? ConversationId,
    string[]? Reasons = null)
{
    /// <summary>The person's own words about themselves, written on the page.</summary>
    public bool IsNote => Kind == "note";

    /// <summary>The person said it, not the character.</summary>
    public bool IsUsers => Speaker == "user";
}

/// <summary>The body that adds a note.</summary>
internal sealed record NewMemory(string Text, bool Pinned);

/// <summary>The body that changes a memory; what is null stays.</summary>
internal sealed record MemoryChange(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Pinned = null);
