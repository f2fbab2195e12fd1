namespace ChatApp.Api.Accounts.Sessions;

/// <summary>A place where somebody is signed in.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="CreatedAt">When they signed in.</param>
/// <param name="LastSeenAt">When it was last used, to the minute.</param>
/// <param name="ExpiresAt">When it ends if it is not used again.</param>
/// <param name="Address">The address that it was last used from.</param>
/// <param name="UserAgent">What the program says that it is, 300 characters at most.</param>
/// <param name="IsCurrent">Whether this request belongs to it.</param>
public sealed record OpenSession(
    Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? UserAgent, bool IsCurrent);
