namespace ChatApp.Web.Api;

/// <summary>The body that changes the profile.</summary>
public sealed record ProfileChange(string Name);

/// <summary>The body that changes the password; the current one is null for an account that has none.</summary>
public sealed record PasswordChange(string NewPassword, string? CurrentPassword);

/// <summary>The body that asks for another address.</summary>
public sealed record EmailChange(string Email, string? Password);

/// <summary>The password again, before something that a stranger at an open screen must not do; null for an account that has none.</summary>
public sealed record PasswordAgain(string? Password);

/// <summary>A secret for an authenticator app, in use once a first code confirmed it.</summary>
public sealed record SecondFactorSetup(string Secret, string Uri, string QrSvg);

/// <summary>The first code of a new secret.</summary>
public sealed record SecondFactorCode(string Code);

/// <summary>Codes that are good once each in place of the app's.</summary>
public sealed record RecoveryCodesMade(List<string> RecoveryCodes);

/// <summary>Another service that the account can be signed in to with.</summary>
public sealed record ExternalLogin(string Provider, string? DisplayName = null, string? Email = null, DateTimeOffset? CreatedAt = null);

/// <summary>One place where the account is signed in.</summary>
/// <param name="Id">Names it.</param>
/// <param name="CreatedAt">When it was signed in to.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="ExpiresAt">When it ends if it is not used before.</param>
/// <param name="Address">Where it was last used from.</param>
/// <param name="UserAgent">The browser, as it calls itself.</param>
/// <param name="IsCurrent">It is the one that asks.</param>
public sealed record AccountSession(
    Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? UserAgent, bool IsCurrent);

/// <summary>A key for programs, without its secret.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Prefix">How it begins.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
/// <param name="LastUsedAt">When it was last used; null for never.</param>
/// <param name="TokensPerDay">A limit of its own, or null.</param>
/// <param name="RequestsPerMinute">A limit of its own, or null.</param>
public sealed record ApiKey(
    Guid Id,
    string Name,
    string Prefix,
    List<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    long? TokensPerDay = null,
    int? RequestsPerMinute = null);

/// <summary>The body that makes a key.</summary>
public sealed record NewApiKey(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt, int? RequestsPerMinute, long? TokensPerDay);

/// <summary>The body that makes another secret of a key; the old one works on for a while.</summary>
public sealed record KeyRotation(int OverlapMinutes);

/// <summary>A key that was made just now. <paramref name="Key"/> is told this once.</summary>
public sealed record ApiKeyMade(string Key, ApiKey ApiKey);

/// <summary>What the account may do today.</summary>
public sealed record AccountLimits(RequestLimit RequestsPerMinute, TokenLimit TokensPerDay);

/// <summary>Requests in a minute.</summary>
public sealed record RequestLimit(long? Limit, long? Remaining, DateTimeOffset? ResetsAt);

/// <summary>Tokens in a day; no limit where it is null.</summary>
public sealed record TokenLimit(long? Limit, long Used, DateTimeOffset? ResetsAt);

/// <summary>Whether characters may answer to the person's tone.</summary>
public sealed record ToneSwitch(bool Enabled);

/// <summary>The body that deletes the account.</summary>
public sealed record AccountDeletion(string? Password);
