namespace ChatApp.Api.Memory.Index.Following;

/// <summary>A scope's key as a row has it.</summary>
internal sealed record ScopeKey(Guid UserId, Guid CharacterId)
{
    public MemoryScope Scope => new(UserId, CharacterId);
}
