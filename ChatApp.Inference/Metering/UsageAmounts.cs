namespace ChatApp.Inference.Metering;

/// <summary>What calls took, added up.</summary>
internal readonly record struct UsageAmounts
{
    public long Requests { get; init; }

    /// <summary>Those of them that failed or were refused.</summary>
    public long Failed { get; init; }

    /// <summary>Those of them that the response cache answered; they took no tokens.</summary>
    public long Cached { get; init; }

    /// <summary>Those of them whose tokens are estimates.</summary>
    public long Estimated { get; init; }

    public long InputTokens { get; init; }

    public long CachedInputTokens { get; init; }

    public long OutputTokens { get; init; }

    public decimal Cost { get; init; }

    /// <summary>Time in engines' queues.</summary>
    public long QueuedMilliseconds { get; init; }

    /// <summary>Calls with a first token.</summary>
    public long FirstTokens { get; init; }

    /// <summary>Time to the first token, all of those together.</summary>
    public long FirstTokenMilliseconds { get; init; }

    /// <summary>What counts against a budget of tokens.</summary>
    public long Tokens => InputTokens + OutputTokens;

    public static UsageAmounts operator +(in UsageAmounts left, in UsageAmounts right) => new()
    {
        Requests = left.Requests + right.Requests,
        Failed = left.Failed + right.Failed,
        Cached = left.Cached + right.Cached,
        Estimated = left.Estimated + right.Estimated,
        InputTokens = left.InputTokens + right.InputTokens,
        CachedInputTokens = left.CachedInputTokens + right.CachedInputTokens,
        OutputTokens = left.OutputTokens + right.OutputTokens,
        Cost = left.Cost + right.Cost,
        QueuedMilliseconds = left.QueuedMilliseconds + right.QueuedMilliseconds,
        FirstTokens = left.FirstTokens + right.FirstTokens,
        FirstTokenMilliseconds = left.FirstTokenMilliseconds + right.FirstTokenMilliseconds,
    };
}
