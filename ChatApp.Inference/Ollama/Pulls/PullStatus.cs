namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>How a pull stands.</summary>
internal static class PullStatus
{
    /// <summary>It runs, or waits for another of the same engine.</summary>
    public const string Pulling = "pulling";

    /// <summary>The engine has the model.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>It ended otherwise; begun again, it goes on where it stopped.</summary>
    public const string Failed = "failed";

    /// <summary>An admin ended it; begun again, it goes on where it stopped.</summary>
    public const string Cancelled = "cancelled";
}
