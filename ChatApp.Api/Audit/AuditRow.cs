namespace ChatApp.Api.Audit;

/// <summary>A row of <c>audit_log</c>.</summary>
internal sealed record AuditRow
{
    // What Postgres keeps of a time: what is read back must give the same code.
    private const long TicksAMicrosecond = TimeSpan.TicksPerMillisecond / 1000;

    private const int MaxSubject = 200;
    private const int MaxSubjectKind = 40;
    private const int MaxAddress = 64;

    /// <summary>What a query reads.</summary>
    public const string Columns = "id, at, action, actor_kind, actor_id, key_id, address, subject_kind, subject_id, detail, code";

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

    public static AuditRow Of(long id, DateTimeOffset at, AuditEntry entry) => new()
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
        Address = AuditText.Clean(entry.Actor.Address, MaxAddress),
        SubjectKind = AuditText.Clean(entry.SubjectKind, MaxSubjectKind),
        SubjectId = AuditText.Clean(entry.SubjectId, MaxSubject),
        Detail = AuditText.Detail(entry.Detail),
    };
}
