namespace ChatApp.ServiceDefaults.Database;

/// <summary>The database and this build disagree about what was applied; trying again does not help.</summary>
public sealed class MigrationException : Exception
{
    /// <summary>With no reason.</summary>
    public MigrationException()
    {
    }

    /// <summary>With which migration it is and what to do.</summary>
    public MigrationException(string message)
        : base(message)
    {
    }

    /// <summary>With which migration it is and what to do, and its cause.</summary>
    public MigrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
