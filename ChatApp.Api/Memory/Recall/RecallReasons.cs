namespace ChatApp.Api.Memory.Recall;

/// <summary>Why memories or knowledge were looked for, or not, by the names that traces and people's pages show.</summary>
internal static class RecallReasons
{
    /// <summary>It was looked, and this is what fits.</summary>
    public const string Searched = "searched";

    /// <summary>There is nothing yet.</summary>
    public const string Empty = "empty";

    /// <summary>The message asks for nothing: a greeting, thanks.</summary>
    public const string SmallTalk = "small_talk";

    /// <summary>The person switched memory off for this character.</summary>
    public const string SwitchedOff = "switched_off";

    /// <summary>The person keeps their memories from outside providers, and this model is one.</summary>
    public const string StaysInside = "stays_inside";

    /// <summary>The index did not answer.</summary>
    public const string Unavailable = "unavailable";
}
