using ChatApp.Api.Accounts;

namespace ChatApp.Api.People;

/// <summary>An account, as those see it who look after the service.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Name">The name that is shown.</param>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Role">What the account may do.</param>
/// <param name="EmailConfirmed">Whether the address was shown to be the person's.</param>
/// <param name="SecondFactor">Whether signing in takes a code too.</param>
/// <param name="Banned">Until when they are kept out, and why; null when they are not.</param>
/// <param name="CreatedAt">When they signed up.</param>
/// <param name="LastSeenAt">When a session of theirs was last used; null when there is none any more.</param>
public sealed record Person(
    Guid Id,
    string Name,
    string Email,
    UserRole Role,
    bool EmailConfirmed,
    bool SecondFactor,
    Ban? Banned,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSeenAt);
