namespace ChatApp.Api.Database;

/// <summary>Text that is looked for with <c>LIKE</c> as it stands.</summary>
internal static class LikeText
{
    /// <summary>The text with a backslash before what is a pattern's.</summary>
    public static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
