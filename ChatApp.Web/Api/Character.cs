namespace ChatApp.Web.Api;

/// <summary>A persona to talk with. Inside a conversation it comes without <see cref="Description"/>.</summary>
/// <param name="Id">The character's id.</param>
/// <param name="Slug">A readable name for URLs.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Tagline">A few words under the name.</param>
/// <param name="Description">A short paragraph for the character's card.</param>
/// <param name="Greeting">What the character says first.</param>
/// <param name="AccentColor">A colour as #rrggbb.</param>
/// <param name="Avatar">An emoji or one or two letters.</param>
/// <param name="Starters">Messages that one can begin with.</param>
public sealed record Character(
    Guid Id,
    string Slug,
    string Name,
    string Tagline,
    string? Description,
    string? Greeting,
    string AccentColor,
    string Avatar,
    string[]? Starters);
