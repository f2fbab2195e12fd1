namespace ChatApp.Api.Memory.Facts;

/// <summary>What facts are drawn from: what the person said, while it is remembered, and the answer.</summary>
internal sealed record FactSource
{
    public Guid UserId { get; init; }

    public Guid CharacterId { get; init; }

    public string CharacterName { get; init; } = "";

    public string? Model { get; init; }

    public bool StaysInside { get; init; }

    public Guid MessageId { get; init; }

    public string Question { get; init; } = "";

    public string Answer { get; init; } = "";

    public MemoryScope Scope => new(UserId, CharacterId);
}
