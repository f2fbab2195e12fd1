namespace ChatApp.Inference.Admission;

/// <summary>How it went for a call that asked an engine's queue for a place.</summary>
internal enum Admittance
{
    /// <summary>It has a place, and gives it back with <see cref="EngineQueue.Leave"/>.</summary>
    Entered,

    /// <summary>It waits.</summary>
    Waiting,

    /// <summary>Too many wait already.</summary>
    QueueFull,

    /// <summary>Too many of the same caller wait already.</summary>
    CallerFull,

    /// <summary>It waited for as long as it may.</summary>
    TooLate,

    /// <summary>Its caller left.</summary>
    CallerLeft,

    /// <summary>The engine left, or is down.</summary>
    EngineGone,
}
