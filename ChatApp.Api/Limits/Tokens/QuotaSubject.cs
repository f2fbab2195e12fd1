using System.Globalization;

namespace ChatApp.Api.Limits.Tokens;

/// <summary>Somebody who has so many tokens a day.</summary>
/// <param name="Kind"><c>user</c>, <c>key</c> or <c>role</c>.</param>
/// <param name="Id">Their id, or the role's name.</param>
/// <param name="Limit">How many.</param>
internal sealed record QuotaSubject(string Kind, string Id, long Limit)
{
    /// <summary>The name under which a day is counted.</summary>
    public static string Counter(string kind, string id, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"tokens:{day:yyyyMMdd}:{kind}:{id}");

    public string Counter(DateOnly day) => Counter(Kind, Id, day);
}
