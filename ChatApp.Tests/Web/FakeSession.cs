namespace ChatApp.Tests.Web;

/// <summary>A session of <see cref="FakeAccounts"/>.</summary>
internal sealed class FakeSession(Guid id, string email)
{
    public Guid Id => id;

    public string Email => email;

    public Guid UserId { get; } = Guid.CreateVersion7();

    /// <summary>How often it was renewed.</summary>
    public int Number { get; set; }

    /// <summary>Tokens up to this number are refused.</summary>
    public int CutOffAt { get; set; } = -1;

    public DateTimeOffset ExpiresAt { get; set; }

    public bool HasEnded { get; set; }

    public string Token => FakeAccounts.TokenOf(email, Number);

    public string RefreshToken => $"refresh.{id:N}.{Number}";
}
