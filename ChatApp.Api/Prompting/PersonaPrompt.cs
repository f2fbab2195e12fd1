namespace ChatApp.Api.Prompting;

/// <summary>What a prompt needs of a character, and of the person who talks with it.</summary>
internal sealed record PersonaPrompt
{
    public Guid UserId { get; init; }

    public string UserName { get; init; } = "";

    /// <summary>Whether the person keeps this character's memories from outside providers.</summary>
    public bool StaysInside { get; init; }

    /// <summary>Whether the person lets it be read how they sound.</summary>
    public bool ReadsTone { get; init; }

    public Guid CharacterId { get; init; }

    public string CharacterName { get; init; } = "";

    public string SystemPrompt { get; init; } = "";

    public string Description { get; init; } = "";

    public string Style { get; init; } = "";

    public string Greeting { get; init; } = "";

    /// <summary>Few-shot examples, as they stand in the table: a JSON array.</summary>
    public string Examples { get; init; } = "[]";

    public string? Model { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? MaxOutputTokens { get; init; }
}
