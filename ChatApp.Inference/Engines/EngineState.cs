namespace ChatApp.Inference.Engines;

/// <summary>Whether an engine can answer, and if not, what would help.</summary>
internal sealed record EngineState(EngineCondition Condition, string Message)
{
    public static EngineState Ready { get; } = new(EngineCondition.Ready, "ready");

    public static EngineState Loading { get; } = new(EngineCondition.Loading, "is loading its model.");

    public bool IsReady => Condition == EngineCondition.Ready;

    public static EngineState Down(string message) => new(EngineCondition.Down, message);
}
