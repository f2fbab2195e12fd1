namespace ChatApp.Tests.Inference.Targets;

/// <summary>A fault, and when it happens.</summary>
/// <param name="Fault">What goes wrong.</param>
/// <param name="AfterEvents">How many events of a stream come whole before it; 0: it happens before the first byte.</param>
/// <param name="Times">How many calls it happens to, before all is well again.</param>
internal sealed record InjectedFault(TargetFault Fault, int AfterEvents = 0, int Times = int.MaxValue)
{
    public static InjectedFault None { get; } = new(TargetFault.None);
}
