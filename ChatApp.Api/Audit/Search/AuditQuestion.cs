namespace ChatApp.Api.Audit.Search;

/// <summary>Which entries are looked for: those that all of it is true of.</summary>
internal sealed record AuditQuestion
{
    /// <summary>Who did it: an account's or a key's id, an e-mail address, or the beginning of a name.</summary>
    public string? Actor { get; init; }

    /// <summary>What was done; with a dot at its end, everything that begins so.</summary>
    public string? Action { get; init; }

    /// <summary>The id of what it was done to.</summary>
    public string? Subject { get; init; }

    /// <summary>The time from which on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Words in the detail, in any case.</summary>
    public string? Text { get; init; }
}
