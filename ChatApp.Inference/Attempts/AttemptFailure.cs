namespace ChatApp.Inference.Attempts;

/// <summary>Why a try at a target failed.</summary>
/// <param name="Reason">A short word for headers and metrics, one of the constants here or <c>status_500</c>.</param>
/// <param name="Detail">What helps the operator; never a prompt, an answer or a key.</param>
/// <param name="BlamesEngine">Whether it counts against the engine's health.</param>
/// <param name="RetryAfter">When the engine wants to be asked again.</param>
internal sealed record AttemptFailure(string Reason, string Detail, bool BlamesEngine, TimeSpan? RetryAfter = null)
{
    /// <summary>It could not be reached.</summary>
    public const string Connect = "connect";

    /// <summary>It was silent for too long.</summary>
    public const string Timeout = "timeout";

    /// <summary>The call's time was over while it was tried.</summary>
    public const string Deadline = "deadline";

    /// <summary>It sent what is no valid answer.</summary>
    public const string Malformed = "malformed";

    /// <summary>It answered with something of another kind.</summary>
    public const string ContentType = "content_type";

    /// <summary>Its answer, or the connection, ended too early.</summary>
    public const string BrokeOff = "broke_off";

    /// <summary>It said within an answer that it failed.</summary>
    public const string Failed = "failed";

    /// <summary>It does not accept the gateway's key.</summary>
    public const string KeyRefused = "key_refused";

    /// <summary>It has no place, or takes no more calls for now.</summary>
    public const string Busy = "busy";

    /// <summary>It still loads its model.</summary>
    public const string Loading = "loading";

    /// <summary>It does not have the model.</summary>
    public const string NoModel = "no_model";

    /// <summary>It has no way to do what the call asks for.</summary>
    public const string NotSupported = "not_supported";

    /// <summary>It took no more calls for now (429).</summary>
    public const string RateLimited = "status_429";
}
