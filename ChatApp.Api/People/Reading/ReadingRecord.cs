using ChatApp.Api.Audit;

namespace ChatApp.Api.People.Reading;

/// <summary>Notes that somebody reads what others wrote, and why, before anything of it is read.</summary>
internal sealed class ReadingRecord(AuditLog audit)
{
    /// <summary>Notes it, as something about whoever wrote it; when that fails, nothing may be read.</summary>
    /// <param name="context">The request of whoever reads.</param>
    /// <param name="kind">What is read, such as <c>conversation</c>.</param>
    /// <param name="id">Which one.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task NoteAsync(HttpContext context, string kind, Guid id, Guid owner, string reason, CancellationToken cancellationToken) => audit.AppendAsync(
        new AuditEntry(AuditActions.DataRead, AuditActor.Of(context))
        {
            SubjectKind = "account",
            SubjectId = owner.ToString(),
            Detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["read"] = kind, ["id"] = id.ToString(), ["reason"] = reason },
        },
        cancellationToken);
}
