namespace ChatApp.Api.Database;

/// <summary>The migrations built into the Api.</summary>
internal static class ApiMigrations
{
    private const long AdvisoryLock = 0x43_68_61_74_41_70_70; // "ChatApp"

    public static MigrationSet All { get; } = new(AdvisoryLock, Migration.ReadEmbedded(typeof(ApiMigrations).Assembly));
}
