namespace ChatApp.Api.Audit.Search;

/// <summary>A row of <c>audit_log</c> with its actor's name.</summary>
internal sealed record AuditFound
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    public string Action { get; init; } = "";

    public string ActorKind { get; init; } = "";

    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public Guid? KeyId { get; init; }

    public string? Address { get; init; }

    public string? SubjectKind { get; init; }

    public string? SubjectId { get; init; }

    public string Detail { get; init; } = "";

    public AuditItem ToItem() => new(
        Id,
        At,
        new AuditItemActor(Enum.TryParse<AuditActorKind>(ActorKind, ignoreCase: true, out var kind) ? kind : AuditActorKind.Anonymous, ActorId, ActorName, KeyId),
        Action,
        SubjectKind,
        SubjectId,
        Address,
        AuditText.Read(Detail));
}
