namespace ChatApp.Api.Accounts.Access;

/// <summary>When something was last used, and from where.</summary>
internal sealed record LastUse(Guid Id, DateTimeOffset At, string? Address);
