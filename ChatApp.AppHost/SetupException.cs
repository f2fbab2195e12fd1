namespace ChatApp.AppHost;

/// <summary>Something must be installed, or said in configuration, before the system can start. The message is one line for the operator.</summary>
internal sealed class SetupException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int ExitCode = 78;
}
