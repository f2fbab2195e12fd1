namespace ChatApp.Api.Accounts.Keys;

/// <summary>The claims of a request's API key, beside those that tokens have too.</summary>
internal static class ApiKeyClaims
{
    /// <summary>Requests that the key may make in a minute; missing for no limit of its own.</summary>
    public const string RequestsPerMinute = "key_requests_per_minute";

    /// <summary>Tokens that the key may use in a day; missing for no limit of its own.</summary>
    public const string TokensPerDay = "key_tokens_per_day";
}
