using System.Globalization;
using System.Net.Http.Headers;

namespace ChatApp.Inference.Admin;

/// <summary>The version of engines and models, as <c>ETag</c> of the lists and <c>If-Match</c> of changes.</summary>
internal static class AdminVersion
{
    /// <summary>Says which version an answer shows.</summary>
    public static void Tell(HttpContext context, long version) => context.Response.Headers.ETag = $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>The version that the change is for; null when it is for any. One that cannot be read is none that there is.</summary>
    public static long? Expected(HttpContext context) =>
        context.Request.Headers.IfMatch.ToString() is { Length: > 0 } header && header != "*"
            ? EntityTagHeaderValue.TryParse(header, out var tag) && long.TryParse(tag.Tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1
            : null;
}
