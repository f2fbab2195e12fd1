using System.Text.Json;

namespace ChatApp.Web.Api;

/// <summary>An entry of the audit log.</summary>
/// <param name="Id">Its number; every entry has the one after the entry before it.</param>
/// <param name="At">When it was written.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">What was done, such as <c>role.changed</c>.</param>
/// <param name="SubjectKind">What kind of thing it was done to.</param>
/// <param name="SubjectId">Which one.</param>
/// <param name="Address">Where the request came from.</param>
/// <param name="Detail">What else there is to say of it.</param>
public sealed record AuditItem(
    long Id, DateTimeOffset At, AuditActor? Actor, string Action, string? SubjectKind, string? SubjectId, string? Address, JsonElement? Detail);

/// <summary>Who did something.</summary>
/// <param name="Kind">person, key, system or anonymous.</param>
/// <param name="Id">The account.</param>
/// <param name="Name">The account's name.</param>
public sealed record AuditActor(string Kind, Guid? Id, string? Name);

/// <summary>Whether the log is as it was written.</summary>
/// <param name="Ok">It is.</param>
/// <param name="Checked">How many entries were looked at.</param>
/// <param name="From">When the first of them was written.</param>
/// <param name="To">When the last of them was.</param>
/// <param name="BrokenAt">The number of the first entry that is not as it was written, or is missing.</param>
/// <param name="At">When they were looked at.</param>
internal sealed record AuditVerification(bool Ok, long Checked, DateTimeOffset? From, DateTimeOffset? To, long? BrokenAt, DateTimeOffset? At);
