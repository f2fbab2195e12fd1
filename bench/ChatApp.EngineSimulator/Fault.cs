namespace ChatApp.EngineSimulator;

/// <summary>What can go wrong, by the name that a question gives it.</summary>
public static class Fault
{
    /// <summary>Answers 500.</summary>
    public const string Error = "500";

    /// <summary>Says nothing, not even the status.</summary>
    public const string HangFirst = "hang-first";

    /// <summary>Falls silent half way.</summary>
    public const string HangMid = "hang-mid";

    /// <summary>Resets the connection half way.</summary>
    public const string ResetMid = "reset-mid";

    /// <summary>Writes broken JSON half way, and ends.</summary>
    public const string Malformed = "malformed";

    /// <summary>Writes a byte a second.</summary>
    public const string Slow = "slow";

    /// <summary>Answers 200 with a page of HTML, as a proxy in between does.</summary>
    public const string Html = "html";

    /// <summary>Ends half way as if that were all: no finish reason, no usage, no <c>[DONE]</c>.</summary>
    public const string NoDone = "no-done";
}
