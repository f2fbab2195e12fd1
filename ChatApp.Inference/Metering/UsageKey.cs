namespace ChatApp.Inference.Metering;

/// <summary>What usage is summed by.</summary>
/// <param name="Day">The day, in UTC, on which the calls arrived.</param>
/// <param name="Model">The model, by the configuration's name.</param>
/// <param name="Engine">The engine tried last; empty when none was.</param>
/// <param name="TargetModel">What the model is called there.</param>
/// <param name="Caller">On whose behalf; empty when callers did not say.</param>
internal readonly record struct UsageKey(DateOnly Day, string Model, string Engine, string TargetModel, string Caller);
