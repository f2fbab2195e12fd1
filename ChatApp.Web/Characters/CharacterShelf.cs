using ChatApp.Web.Api;

namespace ChatApp.Web.Characters;

/// <summary>The characters as far as they were looked at. The prerendered page hands it on to the circuit.</summary>
/// <param name="Items">What was loaded so far.</param>
/// <param name="Next">Asks for more; null when there are none.</param>
public sealed record CharacterShelf(List<Character> Items, string? Next);
