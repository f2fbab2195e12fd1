namespace ChatApp.Inference.Metering;

/// <summary>A caller's name as it is stored.</summary>
internal static class CallerName
{
    /// <summary>The name without what Postgres has no text for; the same string where there is nothing of it.</summary>
    public static string Of(string caller) => caller.Contains('\0', StringComparison.Ordinal) ? caller.Replace('\0', '\uFFFD') : caller;
}
