namespace ChatApp.Api.Memory.Index.Following;

/// <summary>A scope as its row in Postgres has it.</summary>
internal sealed record ScopeRow(long Version, long IndexedVersion, DateTimeOffset CreatedAt);
