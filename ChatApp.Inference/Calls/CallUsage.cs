namespace ChatApp.Inference.Calls;

/// <summary>What the engine says that a call took, as its answer passes; zero where it does not say.</summary>
internal sealed class CallUsage
{
    /// <summary>Tokens of the prompt, those included that were cached.</summary>
    public long InputTokens { get; set; }

    /// <summary>Tokens of the answer.</summary>
    public long OutputTokens { get; set; }

    /// <summary>Tokens of the prompt that the engine had in its cache.</summary>
    public long CachedTokens { get; set; }

    /// <summary>Whether the engine counted; without it the tokens are estimates of the gateway's.</summary>
    public bool IsCounted { get; set; }

    /// <summary>When the first token passed, in the clock's timestamps; null before it.</summary>
    public long? FirstTokenAt { get; set; }

    /// <summary>When the newest token passed.</summary>
    public long? LastTokenAt { get; set; }

    /// <summary>Events with text or tool calls that passed.</summary>
    public int Pieces { get; set; }

    /// <summary>The model that the engine says it was.</summary>
    public string? ResponseModel { get; set; }

    /// <summary>Why it ended, in OpenAI's words; null when the answer did not say.</summary>
    public string? FinishReason { get; set; }

    /// <summary>Forgets what a try took that failed before its first token.</summary>
    public void Clear()
    {
        InputTokens = OutputTokens = CachedTokens = 0;
        IsCounted = false;
        FirstTokenAt = LastTokenAt = null;
        Pieces = 0;
        ResponseModel = FinishReason = null;
    }
}
