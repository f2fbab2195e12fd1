namespace ChatApp.Api.Memory;

/// <summary>Whoever changes memories begins with one of these, in the same transaction: it keeps two of them apart.</summary>
internal static class ScopeSql
{
    /// <summary>
    /// Raises the version of the scope <c>@UserId</c>, <c>@CharacterId</c> and gives it, for the rows that are about to be written. No row
    /// when there is no such character.
    /// </summary>
    public const string Raise = """
        INSERT INTO memory_scopes (user_id, character_id, version)
        SELECT @UserId, id, 1 FROM characters WHERE id = @CharacterId
        ON CONFLICT (user_id, character_id) DO UPDATE SET version = memory_scopes.version + 1
        RETURNING version
        """;

    /// <summary>Locks the scope for deleting, which raises the version by itself.</summary>
    public const string Lock = "SELECT version FROM memory_scopes WHERE user_id = @UserId AND character_id = @CharacterId FOR UPDATE";
}
