namespace ChatApp.Tests.Browser;

/// <summary>An account as the Api tells administrators.</summary>
internal sealed record FakePerson(
    Guid Id, string Name, string Email, string Role, bool EmailConfirmed, bool SecondFactor, FakeBan? Banned, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt,
    int? RequestsPerMinute = null, long? TokensPerDay = null);

/// <summary>Somebody is kept out.</summary>
internal sealed record FakeBan(DateTimeOffset? Until, string Reason);
