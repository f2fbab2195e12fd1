namespace ChatApp.Api.Moderation.Injection;

/// <summary>What becomes of a memory or a snippet that looks like instructions.</summary>
internal enum SuspiciousText
{
    /// <summary>The model reads it with a mark that says so.</summary>
    Mark,

    /// <summary>The model does not read it; the person sees that it was left out.</summary>
    LeaveOut,
}
