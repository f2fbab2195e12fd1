namespace ChatApp.Inference.Metering;

/// <summary>A key and its sum.</summary>
internal readonly record struct UsageRow(UsageKey Key, UsageAmounts Amounts);
