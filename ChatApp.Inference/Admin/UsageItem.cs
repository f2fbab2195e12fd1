using ChatApp.Inference.Metering;

namespace ChatApp.Inference.Admin;

/// <summary>What calls took, as told to admins.</summary>
/// <param name="Day">The day (UTC); null where days are not told apart, and so on.</param>
/// <param name="Model">The model.</param>
/// <param name="Engine">The engine; empty for calls that reached none.</param>
/// <param name="Caller">On whose behalf; empty where calls did not say.</param>
/// <param name="Requests">Calls.</param>
/// <param name="Failed">Those of them that failed or were refused.</param>
/// <param name="Cached">Those of them that the response cache answered; they took no tokens.</param>
/// <param name="Estimated">Those of them whose tokens the gateway estimated, because the engine did not count.</param>
/// <param name="InputTokens">Tokens of prompts, those included that engines had in their caches.</param>
/// <param name="CachedInputTokens">Those.</param>
/// <param name="OutputTokens">Tokens of answers.</param>
/// <param name="Cost">In <paramref name="Currency"/>.</param>
/// <param name="Currency">As configured.</param>
/// <param name="AverageQueuedMs">How long a call waited for a place at an engine, in milliseconds.</param>
/// <param name="AverageFirstTokenMs">How long the first token took, in milliseconds; null where no call had one.</param>
internal sealed record UsageItem(
    DateOnly? Day,
    string? Model,
    string? Engine,
    string? Caller,
    long Requests,
    long Failed,
    long Cached,
    long Estimated,
    long InputTokens,
    long CachedInputTokens,
    long OutputTokens,
    decimal Cost,
    string Currency,
    double AverageQueuedMs,
    double? AverageFirstTokenMs)
{
    public static UsageItem Of(UsageLine line, string currency)
    {
        var amounts = line.Amounts;
        return new UsageItem(
            line.Day,
            line.Model,
            line.Engine,
            line.Caller,
            amounts.Requests,
            amounts.Failed,
            amounts.Cached,
            amounts.Estimated,
            amounts.InputTokens,
            amounts.CachedInputTokens,
            amounts.OutputTokens,
            amounts.Cost,
            currency,
            amounts.Requests == 0 ? 0 : Math.Round((double)amounts.QueuedMilliseconds / amounts.Requests, 1),
            amounts.FirstTokens == 0 ? null : Math.Round((double)amounts.FirstTokenMilliseconds / amounts.FirstTokens, 1));
    }
}
