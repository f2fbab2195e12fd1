namespace ChatApp.Api.Accounts.Access;

/// <summary>Something that no longer counts.</summary>
internal sealed record Revocation
{
    /// <summary>A session, an API key, or an account.</summary>
    public Guid Subject { get; init; }

    /// <summary>What was given at lower versions no longer counts.</summary>
    public int Version { get; init; }

    /// <summary>When it was said, by Postgres' clock.</summary>
    public DateTimeOffset At { get; init; }
}
