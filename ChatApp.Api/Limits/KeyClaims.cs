namespace ChatApp.Api.Limits;

/// <summary>What a request's principal says of the limits that its API key was given. A key without one has its person's alone.</summary>
internal static class KeyClaims
{
    public const string RequestsPerMinute = "key_requests_per_minute";

    public const string TokensPerDay = "key_tokens_per_day";
}
