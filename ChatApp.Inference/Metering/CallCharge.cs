using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Metering;

/// <summary>What a call is charged with.</summary>
/// <param name="InputTokens">Tokens of the prompt, cached ones included.</param>
/// <param name="CachedInputTokens">Those of them that the engine had in its cache.</param>
/// <param name="OutputTokens">Tokens of the answer.</param>
/// <param name="Cost">In the operator's currency; zero where the target has no price.</param>
/// <param name="IsEstimated">Whether the engine did not count, so that these are the gateway's estimates.</param>
internal readonly record struct CallCharge(long InputTokens, long CachedInputTokens, long OutputTokens, decimal Cost, bool IsEstimated)
{
    private const int BytesPerToken = 4;
    private const decimal PricedTokens = 1_000_000;

    /// <summary>What counts against a budget of tokens.</summary>
    public long Tokens => InputTokens + OutputTokens;

    /// <summary>
    /// The charge of a call that has ended, however it ended. Where the engine did not count, which it does not when the caller leaves
    /// early, it is estimated from what was written; a call of which nothing was written is not charged. What the cache answered is free.
    /// </summary>
    public static CallCharge Of(GatewayCall call, HttpResponse response)
    {
        var usage = call.Usage;
        if (call.IsFromCache || call.Target is null)
        {
            return default;
        }

        if (usage.IsCounted)
        {
            return Of(call, usage.InputTokens, Math.Min(usage.CachedTokens, usage.InputTokens), usage.OutputTokens, isEstimated: false);
        }

        if (!response.HasStarted || response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            return default;
        }

        // An event of a stream has about one token. A whole answer's length is that of its JSON, of which most is the answer.
        var output = call.Kind == CallKind.Embedding ? 0 : Math.Max(usage.Pieces, (response.ContentLength ?? 0) / BytesPerToken);
        return Of(call, call.EstimatedInputTokens, 0, output, isEstimated: true);
    }

    /// <summary>What a call will about take, by the price of the first step of its chain.</summary>
    public static CallCharge Expected(GatewayCall call)
    {
        var output = call.Kind == CallKind.Embedding ? 0 : call.ExpectedOutputTokens;
        var cost = 0m;
        var first = int.MaxValue;
        foreach (var target in call.Model.Targets)
        {
            if (target.Priority < first)
            {
                first = target.Priority;
                cost = 0;
            }

            if (target.Priority == first && target.Price is { } price)
            {
                cost = Math.Max(cost, ((price.Input * call.EstimatedInputTokens) + (price.Output * output)) / PricedTokens);
            }
        }

        return new CallCharge(call.EstimatedInputTokens, 0, output, cost, IsEstimated: true);
    }

    private static CallCharge Of(GatewayCall call, long input, long cached, long output, bool isEstimated)
    {
        var cost = call.Target?.Price is { } price
            ? ((price.Input * (input - cached)) + (price.CachedInput * cached) + (price.Output * output)) / PricedTokens
            : 0;
        return new CallCharge(input, cached, output, cost, isEstimated);
    }
}
