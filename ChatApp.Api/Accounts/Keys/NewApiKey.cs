namespace ChatApp.Api.Accounts.Keys;

/// <summary>A key that was just made.</summary>
/// <param name="Key">The key itself, for <c>Authorization: Bearer</c>. It is shown this once.</param>
/// <param name="ApiKey">What is known of it from now on.</param>
public sealed record NewApiKey(string Key, ApiKey ApiKey);
