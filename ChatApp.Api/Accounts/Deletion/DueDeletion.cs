namespace ChatApp.Api.Accounts.Deletion;

/// <summary>An account that is being deleted.</summary>
internal sealed record DueDeletion
{
    public Guid UserId { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Attempts in a row that failed, with this one.</summary>
    public int Failures { get; init; }

    /// <summary>Whether its rows are gone, and only what is kept elsewhere is left.</summary>
    public bool IsEmptied { get; init; }

    /// <summary>Seconds since it was asked for, by the database's clock.</summary>
    public double WaitedSeconds { get; init; }
}
