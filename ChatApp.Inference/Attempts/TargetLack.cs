namespace ChatApp.Inference.Attempts;

/// <summary>Why no target of a chain can be asked.</summary>
internal enum TargetLack
{
    /// <summary>None can do what is asked for.</summary>
    Capability,

    /// <summary>All that could are outside, and the call must stay inside.</summary>
    Outside,

    /// <summary>The prompt is too long for all that could.</summary>
    Context,
}
