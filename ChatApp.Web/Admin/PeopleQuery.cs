using ChatApp.Web.Api;

namespace ChatApp.Web.Admin;

/// <summary>Which accounts are listed. It stands in the address, so that a reload and a link lead to the same.</summary>
public sealed record PeopleQuery(string? Text, string? Role, bool BannedOnly)
{
    /// <summary>The longest text that is looked for.</summary>
    internal const int LongestText = 100;

    internal IEnumerable<(string Name, string? Value)> Parameters => [("query", Text), ("role", Role), ("banned", BannedOnly ? "true" : null)];

    internal string Address => Queries.Add("admin/people", Parameters);

    internal static PeopleQuery Of(string? text, string? role, bool? banned) => new(
        text?.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, LongestText)] : null,
        PersonAccount.Roles.Contains(role) ? role : null,
        banned is true);
}
