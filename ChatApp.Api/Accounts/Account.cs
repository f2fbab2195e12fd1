namespace ChatApp.Api.Accounts;

/// <summary>A row of <c>users</c>. The hash never leaves this feature.</summary>
internal sealed record Account
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public string PasswordHash { get; init; } = "";

    public UserRole Role { get; init; }

    public User ToUser() => new(Id, Name, Email, Role);
}
