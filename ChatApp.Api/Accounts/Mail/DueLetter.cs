using ChatApp.Api.Background;

namespace ChatApp.Api.Accounts.Mail;

/// <summary>A mail that is to be sent now.</summary>
internal sealed record DueLetter : Due
{
    public LetterKind Kind { get; init; }

    public string Email { get; init; } = "";

    public Guid? UserId { get; init; }

    public Letter Letter => new(Kind, Email, UserId);
}
