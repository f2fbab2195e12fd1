namespace ChatApp.Api.Errors;

/// <summary>The values of <c>code</c> in problems: names that a program can act on, which never change.</summary>
internal static class ProblemCodes
{
    /// <summary>The session has ended, and people have to sign in again.</summary>
    public const string SessionEnded = "session_ended";

    /// <summary>The API key has not the scope that the route takes.</summary>
    public const string ScopeMissing = "scope_missing";

    /// <summary>The route takes no API keys.</summary>
    public const string KeyNotTaken = "key_not_taken";

    /// <summary>Too many requests in a minute.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The day's tokens are used up.</summary>
    public const string QuotaExceeded = "quota_exceeded";

    /// <summary>Too many attempts at a password, a code or a link.</summary>
    public const string TooManyAttempts = "too_many_attempts";
}
