namespace ChatApp.Inference.Engines;

/// <summary>Whether an engine can answer, and if not, what would help.</summary>
internal sealed record EngineState(bool IsReady, string Message)
{
    public static EngineState Ready { get; } = new(true, "ready");

    public static EngineState NotReady(string message) => new(false, message);
}
