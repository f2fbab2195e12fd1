namespace ChatApp.Api.Audit;

/// <summary>A row of <c>audit_log</c>.</summary>
internal sealed record AuditRow
{
    // What Postgres keeps of a time: what is read back must give the same code.
    private const long TicksAMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    private const int MaxSubject = 200;

    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    public string Action { get; init; } = "";

    public string ActorKind { get; init; } = "";

    public Guid? ActorId { get; init; }

    public Guid? KeyId { get; init; }

    public string? Address { get; init; }

    public string? SubjectKind { get; init; }

    public string? SubjectId { get; init; }

    public string Detail { get; init; } = "";

    public byte[] Code { get; init; } = [];

    public static AuditRow Of(long id, DateTimeOffset at, AuditEntry entry, string detail) => new()
    {
        Id = id,
        At = new DateTimeOffset(at.UtcTicks - at.UtcTicks % TicksAMicrosecond, TimeSpan.Zero),
        Action = entry.Action,
        ActorKind = entry.Actor.Kind switch
        {
            AuditActorKind.Person => "person",
            AuditActorKind.Key => "key",
            AuditActorKind.System => "system",
            _ => "anonymous",
        },
        ActorId = entry.Actor.Id,
        KeyId = entry.Actor.KeyId,
        Address = entry.Actor.Address,
        SubjectKind = entry.SubjectKind,
        SubjectId = entry.SubjectId is { Length: > MaxSubject } subject ? subject[..MaxSubject] : entry.SubjectId,
        Detail = detail,
    };
}
