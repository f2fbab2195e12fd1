namespace ChatApp.Api.Limits;

/// <summary>The stable names of refusals, in a problem's <c>code</c>.</summary>
internal static class LimitCodes
{
    /// <summary>Too many requests in a minute.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The day's tokens are used up.</summary>
    public const string QuotaExceeded = "quota_exceeded";

    /// <summary>Too many attempts at a password, a code or a link.</summary>
    public const string TooManyAttempts = "too_many_attempts";
}
