using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Memory;

/// <summary>A character's memory of the signed-in person, as a whole.</summary>
/// <param name="Remembers">Whether anything is kept and recalled. What there is stays when it is switched off.</param>
/// <param name="StaysInside">Whether it is kept from outside providers: they are neither shown memories nor asked to embed them.</param>
/// <param name="Total">How many memories there are.</param>
/// <param name="Pinned">How many of them are pinned.</param>
public sealed record MemorySettings(bool Remembers, bool StaysInside, int Total, int Pinned);

/// <summary>How a character's memory is to be kept.</summary>
/// <param name="Remembers">Whether anything is kept and recalled.</param>
/// <param name="StaysInside">Whether it is kept from outside providers.</param>
public sealed record SetMemoryRequest(
    [Required(ErrorMessage = "Say whether the character remembers.")] bool? Remembers,
    [Required(ErrorMessage = "Say whether memories stay inside.")] bool? StaysInside);

/// <summary>Something that the character is to know.</summary>
/// <param name="Text">What, in 1 to 2,000 characters.</param>
/// <param name="Pinned">Whether it goes before others; no by default.</param>
public sealed record AddMemoryRequest(
    [Required(ErrorMessage = "Write something."), StringLength(MemoryText.MaxNote, ErrorMessage = "A memory has 2,000 characters at most.")] string Text,
    bool Pinned = false);

/// <summary>A change to a memory. What is left out stays.</summary>
/// <param name="Text">Other words, 1 to 2,000 characters. They make it a note of the person's own, and its message is forgotten.</param>
/// <param name="Pinned">Whether it goes before others.</param>
/// <param name="Importance">What it weighs, 0 to 1.</param>
public sealed record ChangeMemoryRequest(
    [StringLength(MemoryText.MaxNote, MinimumLength = 1, ErrorMessage = "A memory has 1 to 2,000 characters.")] string? Text,
    bool? Pinned,
    [Range(0.0, 1.0, ErrorMessage = "Importance is a number from 0 to 1.")] double? Importance);
