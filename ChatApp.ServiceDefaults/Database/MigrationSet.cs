namespace ChatApp.ServiceDefaults.Database;

/// <summary>The migrations of one service, and where they go.</summary>
/// <param name="AdvisoryLock">Postgres's advisory lock under which one process applies them; each schema has its own.</param>
/// <param name="Migrations">In the order they are applied.</param>
public sealed record MigrationSet(long AdvisoryLock, IReadOnlyList<Migration> Migrations)
{
    /// <summary>
    /// The schema, which is made when it is missing, and in which unqualified names of the migrations are meant; a plain lower-case
    /// name. Null: that of the connection.
    /// </summary>
    public string? Schema { get; init; }

    /// <summary>Whether a service that cannot migrate must stop. One that can do without its database says so, and tries again.</summary>
    public bool IsRequired { get; init; } = true;
}
