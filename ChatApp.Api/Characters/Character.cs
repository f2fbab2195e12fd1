namespace ChatApp.Api.Characters;

/// <summary>A character as people see it.</summary>
/// <param name="Id">The character's id.</param>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tagline">One line under the name.</param>
/// <param name="Description">Who it is, in a few sentences.</param>
/// <param name="Greeting">What it says first, before any message.</param>
/// <param name="AccentColor">Its colour, as <c>#rrggbb</c>.</param>
/// <param name="Avatar">An emoji or a short text.</param>
/// <param name="Starters">Messages to begin with.</param>
public sealed record Character(
    Guid Id,
    string Slug,
    string Name,
    string Tagline,
    string Description,
    string Greeting,
    string AccentColor,
    string Avatar,
    IReadOnlyList<string> Starters);

/// <summary>What a conversation shows of its character.</summary>
/// <param name="Id">The character's id.</param>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tagline">One line under the name.</param>
/// <param name="Greeting">What it says first, before any message.</param>
/// <param name="AccentColor">Its colour, as <c>#rrggbb</c>.</param>
/// <param name="Avatar">An emoji or a short text.</param>
/// <param name="Starters">Messages to begin with.</param>
public sealed record CharacterSummary(
    Guid Id,
    string Slug,
    string Name,
    string Tagline,
    string Greeting,
    string AccentColor,
    string Avatar,
    IReadOnlyList<string> Starters);
