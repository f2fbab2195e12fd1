namespace ChatApp.Api.Turns.Events;

/// <summary>What can happen in a turn, by the names that readers see.</summary>
internal static class TurnEventTypes
{
    public const string Accepted = "accepted";
    public const string Recalled = "recalled";
    public const string Delta = "delta";
    public const string Restarted = "restarted";
    public const string Moderated = "moderated";
    public const string Usage = "usage";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    /// <summary>The name as a string, which for those above is always the same one.</summary>
    public static string Known(ReadOnlySpan<char> name) => name switch
    {
        Delta => Delta,
        Usage => Usage,
        Completed => Completed,
        _ => name.ToString(),
    };
}
