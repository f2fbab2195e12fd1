using System.Globalization;
using ChatApp.Api.Limits.Windows;

namespace ChatApp.Api.Limits.Requests;

/// <summary>
/// Writes <c>RateLimit-Policy</c> and <c>RateLimit</c> (draft-ietf-httpapi-ratelimit-headers): a list with an item for each rule, by
/// its name. <c>q</c> requests pass in any <c>w</c> seconds; <c>r</c> more pass now, and after <c>t</c> seconds the oldest of those that
/// are counted is counted no more.
/// </summary>
internal static class RateLimitHeaders
{
    public const string Policy = "RateLimit-Policy";
    public const string Limit = "RateLimit";

    public static void Write(IHeaderDictionary headers, IReadOnlyList<LimitState> states)
    {
        if (states is [])
        {
            return;
        }

        headers[Policy] = string.Join(", ", states.Select(static s => string.Create(
            CultureInfo.InvariantCulture, $"\"{s.Rule.Name}\";q={s.Rule.Limit};w={(int)s.Rule.Window.TotalSeconds}")));
        headers[Limit] = string.Join(", ", states.Select(static s => string.Create(
            CultureInfo.InvariantCulture, $"\"{s.Rule.Name}\";r={s.Remaining};t={(int)Math.Ceiling(s.Reset.TotalSeconds)}")));
    }
}
