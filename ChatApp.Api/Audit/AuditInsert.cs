namespace ChatApp.Api.Audit;

/// <summary>The statement that adds rows, any number at once.</summary>
internal static class AuditInsert
{
    public const string Sql = """
        INSERT INTO audit_log (id, at, action, actor_kind, actor_id, key_id, address, subject_kind, subject_id, detail, code)
        SELECT * FROM unnest(@ids, @times, @actions, @kinds, @actors::uuid[], @keys::uuid[], @addresses, @subjectKinds, @subjects, @details, @codes)
        """;

    public static object Parameters(IReadOnlyCollection<AuditRow> rows) => new
    {
        ids = rows.Select(static r => r.Id).ToArray(),
        times = rows.Select(static r => r.At.UtcDateTime).ToArray(),
        actions = rows.Select(static r => r.Action).ToArray(),
        kinds = rows.Select(static r => r.ActorKind).ToArray(),
        actors = rows.Select(static r => r.ActorId).ToArray(),
        keys = rows.Select(static r => r.KeyId).ToArray(),
        addresses = rows.Select(static r => r.Address).ToArray(),
        subjectKinds = rows.Select(static r => r.SubjectKind).ToArray(),
        subjects = rows.Select(static r => r.SubjectId).ToArray(),
        details = rows.Select(static r => r.Detail).ToArray(),
        codes = rows.Select(static r => r.Code).ToArray(),
    };
}
