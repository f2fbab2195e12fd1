namespace ChatApp.Api.Gateway;

/// <summary>The gateway said no, or did not answer. The message is for the administrator.</summary>
internal sealed class GatewayException(int status, string code, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The code of a service that has no key for the gateway's administration.</summary>
    public const string NotConfigured = "gateway_not_configured";

    /// <summary>The status to answer with.</summary>
    public int Status => status;

    /// <summary>The gateway's code.</summary>
    public string Code => code;

    /// <summary>When to ask again; null when it does not pass by itself.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>It does not answer.</summary>
    public static GatewayException Away(Exception inner) => new(
        StatusCodes.Status503ServiceUnavailable,
        "gateway_unreachable",
        "The gateway to the engines does not answer. Look at whether the service 'inference' runs, and at its log.",
        TimeSpan.FromSeconds(2),
        inner);

    /// <summary>This service has no key for it.</summary>
    public static GatewayException NoKey() => new(
        StatusCodes.Status503ServiceUnavailable,
        NotConfigured,
        "Engines and models cannot be managed from here: set 'Inference:AdminKey' to the gateway's 'Gateway:AdminKey'; the AppHost does it by itself.");

    /// <summary>It does not take this service's key. Not a 401: the administrator's own sign-in is good.</summary>
    public static GatewayException KeyRefused() => new(
        StatusCodes.Status503ServiceUnavailable,
        "gateway_key_refused",
        "The gateway did not accept this service's key for administrators: 'Inference:AdminKey' here and 'Gateway:AdminKey' there must be the same.");

    /// <summary>It answered something that is not in its contract.</summary>
    public static GatewayException NotUnderstood(Exception? inner = null) => new(
        StatusCodes.Status502BadGateway,
        "gateway_answer",
        "The gateway gave an answer that could not be read. It may be of another version than this service.",
        inner: inner);
}
