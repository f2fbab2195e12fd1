namespace ChatApp.Api.Accounts.Confirmation;

/// <summary>A link that was followed in time.</summary>
internal sealed record LinkToken
{
    public Guid UserId { get; init; }

    public LinkPurpose Purpose { get; init; }

    /// <summary>The address that the link was sent to.</summary>
    public string Email { get; init; } = "";
}
