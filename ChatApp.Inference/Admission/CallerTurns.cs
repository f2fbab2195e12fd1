namespace ChatApp.Inference.Admission;

/// <summary>One caller's waiting calls at one engine, and what it has been given while others waited too. Guarded by the queue's lock.</summary>
internal sealed class CallerTurns(string name)
{
    public string Name { get; } = name;

    /// <summary>First come, first served.</summary>
    public LinkedList<WaitingCall> Calls { get; } = [];

    /// <summary>The start tag of its first call: the caller with the smallest is next.</summary>
    public long Start { get; set; }

    /// <summary>The finish tag of the newest call that got a place.</summary>
    public long Finish { get; set; }
}
