using ChatApp.Inference.Dialects;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Attempts;

/// <summary>One try at one target, with how it went.</summary>
internal sealed class CallAttempt(ModelTarget target, long began)
{
    public ModelTarget Target { get; } = target;

    /// <summary>When it began, in the clock's timestamps.</summary>
    public long Began { get; } = began;

    /// <summary>What the target was sent; null before it was.</summary>
    public DialectRequest? Request { get; set; }

    /// <summary>What ends it when it takes too long; null before anything was sent.</summary>
    public AttemptClock? Clock { get; set; }

    /// <summary>What went wrong; null while it runs, or when nothing did.</summary>
    public AttemptFailure? Failure { get; set; }
}
