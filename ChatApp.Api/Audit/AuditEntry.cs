namespace ChatApp.Api.Audit;

/// <summary>Something that somebody may have to answer for.</summary>
/// <param name="Action">What was done: one of <see cref="AuditActions"/>.</param>
/// <param name="Actor">Who did it.</param>
internal sealed record AuditEntry(string Action, AuditActor Actor)
{
    /// <summary>What kind of thing it was done to, such as <c>account</c>; null when it is the actor's own doing alone.</summary>
    public string? SubjectKind { get; init; }

    /// <summary>The id of that thing.</summary>
    public string? SubjectId { get; init; }

    /// <summary>What else is worth knowing, 4 KB at most: never a password, a token, or what people said.</summary>
    public IReadOnlyDictionary<string, string> Detail { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
