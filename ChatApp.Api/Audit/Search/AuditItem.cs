namespace ChatApp.Api.Audit.Search;

/// <summary>An entry of the audit log.</summary>
/// <param name="Id">Its number: every entry has the one after that of the entry before it.</param>
/// <param name="At">When it was written.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">What was done, such as <c>role.changed</c>.</param>
/// <param name="SubjectKind">What kind of thing it was done to; null when it is the actor's own doing alone.</param>
/// <param name="SubjectId">Which one.</param>
/// <param name="Address">Where the request came from.</param>
/// <param name="Detail">What else is known.</param>
public sealed record AuditItem(
    long Id,
    DateTimeOffset At,
    AuditItemActor Actor,
    string Action,
    string? SubjectKind,
    string? SubjectId,
    string? Address,
    IReadOnlyDictionary<string, string> Detail);
