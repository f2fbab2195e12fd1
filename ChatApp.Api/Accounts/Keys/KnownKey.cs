namespace ChatApp.Api.Accounts.Keys;

/// <summary>A key and its owner, as they were when they were read.</summary>
/// <param name="Key">The key.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="ReadAt">The time provider's timestamp from before they were read.</param>
internal sealed record KnownKey(ApiKeyRow Key, Account Owner, long ReadAt);
