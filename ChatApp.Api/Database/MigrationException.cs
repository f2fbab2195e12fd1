namespace ChatApp.Api.Database;

/// <summary>The database and this build disagree about what was applied; trying again does not help.</summary>
internal sealed class MigrationException(string message) : Exception(message);
