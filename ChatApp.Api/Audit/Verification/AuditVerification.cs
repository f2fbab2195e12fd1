namespace ChatApp.Api.Audit.Verification;

/// <summary>Whether the log is as it was written.</summary>
/// <param name="Ok">It is.</param>
/// <param name="Checked">How many entries were looked at.</param>
/// <param name="From">When the first of them was written.</param>
/// <param name="To">When the last of them was.</param>
/// <param name="BrokenAt">The number of the first entry that is not as it was written, is missing, or does not belong there.</param>
/// <param name="At">When they were looked at.</param>
public sealed record AuditVerification(bool Ok, long Checked, DateTimeOffset? From, DateTimeOffset? To, long? BrokenAt, DateTimeOffset At);
