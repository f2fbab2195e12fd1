namespace ChatApp.Inference.Admission;

/// <summary>A call in an engine's queue. Its task ends with a place, or with why there was none.</summary>
/// <remarks>What goes on then runs elsewhere, never under the queue's lock.</remarks>
internal sealed class WaitingCall(EngineQueue queue, CallerTurns caller, int tokens)
    : TaskCompletionSource<Admittance>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Whose it is.</summary>
    public CallerTurns Caller { get; } = caller;

    /// <summary>What it is expected to take.</summary>
    public int Tokens { get; } = tokens;

    /// <summary>Takes it out of the queue, unless it has a place by now.</summary>
    public void GiveUp(Admittance reason) => queue.GiveUp(this, reason);
}
