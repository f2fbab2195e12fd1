namespace ChatApp.Inference.Admission;

/// <summary>How many calls may wait at one engine.</summary>
/// <param name="Calls">All together.</param>
/// <param name="CallsPerCaller">Of one caller. Those that name no caller cannot be told apart, and are bounded all together only.</param>
internal sealed record QueueBounds(int Calls, int CallsPerCaller);
