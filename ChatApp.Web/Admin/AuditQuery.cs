using System.Globalization;
using ChatApp.Web.Api;

namespace ChatApp.Web.Admin;

/// <summary>Which entries of the audit log are listed. It stands in the address, so that a reload and a link lead to the same.</summary>
public sealed record AuditQuery(string? Actor, string? Action, string? Subject, DateOnly? From, DateOnly? To, string? Text)
{
    private const int LongestText = 200;

    /// <summary>Nothing is left out.</summary>
    internal bool IsEmpty => this == new AuditQuery(null, null, null, null, null, null);

    // Days are the server's, which is UTC: the log says its times so too. The Api's end is a time, so that the last day is in.
    internal IEnumerable<(string Name, string? Value)> Parameters =>
    [
        ("actor", Actor), ("action", Action), ("subject", Subject), ("from", Time(From)), ("to", Time(To?.AddDays(1))), ("text", Text),
    ];

    internal string Address => Queries.Add(
        "admin/audit", ("actor", Actor), ("action", Action), ("subject", Subject), ("from", Day(From)), ("to", Day(To)), ("text", Text));

    internal static AuditQuery Of(string? actor, string? action, string? subject, string? from, string? to, string? text) =>
        new(Given(actor), Given(action), Given(subject), DayOf(from), DayOf(to), Given(text));

    internal static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Time(DateOnly? day) => Day(day) is { } date ? $"{date}T00:00:00Z" : null;

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, LongestText)] : null;

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue ? day : null;
}
