namespace ChatApp.Inference.Metering;

/// <summary>One line of a report; null where that is not told apart.</summary>
internal sealed record UsageLine(DateOnly? Day, string? Model, string? Engine, string? Caller, UsageAmounts Amounts);
