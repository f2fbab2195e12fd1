using ChatApp.Inference.Admission;

namespace ChatApp.Tests.Inference.Admission;

internal static class WaitingCallOutcome
{
    /// <summary>What became of it; null while it waits.</summary>
    public static Admittance? Outcome(this WaitingCall call) => call.Task.IsCompletedSuccessfully ? call.Task.Result : null;
}
