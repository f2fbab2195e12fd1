using System.Globalization;
using System.Text;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Attempts;

/// <summary>The one error that a caller gets when no target answered.</summary>
internal static class AttemptErrors
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>The error where no target can be asked.</summary>
    public static GatewayError Of(TargetLack lack, GatewayCall call) => lack switch
    {
        TargetLack.Context => GatewayError.ContextTooLong(call.RequestedModel, call.EstimatedInputTokens),
        TargetLack.Outside => GatewayError.OnlyOutside(call.RequestedModel),
        _ => GatewayError.NotSupported($"No engine of '{call.RequestedModel}' can do this: {(call.Body.HasTools ? "tools are not among" : "it is not among")} the capabilities of its targets. Pick another model, or name the capability in Gateway:Models."),
    };

    /// <summary>Writes the error that says most of what was tried, with what to do next.</summary>
    /// <param name="context">The request.</param>
    /// <param name="call">What was tried.</param>
    /// <param name="isPastDeadline">Whether the call's time is over.</param>
    public static Task WriteAsync(HttpContext context, GatewayCall call, bool isPastDeadline)
    {
        var error = Of(call, isPastDeadline);
        if (error.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable && !context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(RetryAfter(call).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return GatewayErrors.WriteAsync(context, error);
    }

    private static GatewayError Of(GatewayCall call, bool isPastDeadline)
    {
        var tried = Tried(call);
        var attempts = call.Attempts;
        if (attempts is [])
        {
            return isPastDeadline ? GatewayError.DeadlineExceeded(tried) : GatewayError.NoEngine(tried);
        }

        if (attempts.TrueForAll(static attempt => attempt.Failure is { Reason: AttemptFailure.NotSupported }))
        {
            return GatewayError.NotSupported(attempts[0].Failure!.Detail);
        }

        // The time is over because all were full: that is what the caller can do something about.
        if (attempts.TrueForAll(static attempt => attempt.Failure is { Reason: AttemptFailure.Busy or AttemptFailure.RateLimited }))
        {
            return GatewayError.AllBusy(tried);
        }

        if (isPastDeadline || Any(call, AttemptFailure.Deadline))
        {
            return GatewayError.DeadlineExceeded(tried);
        }

        foreach (var attempt in attempts)
        {
            if (attempt.Failure is { Reason: not (AttemptFailure.Connect or AttemptFailure.Timeout or AttemptFailure.Busy or AttemptFailure.RateLimited or AttemptFailure.Loading or AttemptFailure.NotSupported) })
            {
                return GatewayError.NoneAnswered(tried);
            }
        }

        return Any(call, AttemptFailure.Timeout) ? GatewayError.NoneInTime(tried)
            : Any(call, AttemptFailure.Busy) || Any(call, AttemptFailure.RateLimited) ? GatewayError.AllBusy(tried)
            : Any(call, AttemptFailure.Loading) ? GatewayError.StillLoading(tried)
            : GatewayError.NoEngine(tried);
    }

    private static bool Any(GatewayCall call, string reason) => call.Attempts.Exists(attempt => attempt.Failure?.Reason == reason);

    // The soonest that any of them wants to be asked again.
    private static TimeSpan RetryAfter(GatewayCall call)
    {
        TimeSpan? soonest = null;
        foreach (var attempt in call.Attempts)
        {
            if (attempt.Failure?.RetryAfter is { } after && (soonest is null || after < soonest))
            {
                soonest = after;
            }
        }

        return soonest is { } found && found > Soon ? found : Soon;
    }

    private static string Tried(GatewayCall call)
    {
        if (call.Attempts is [])
        {
            return "";
        }

        var text = new StringBuilder(" Tried: ");
        foreach (var attempt in call.Attempts)
        {
            text.Append(text.Length > 8 ? ", " : "").Append(attempt.Target.Engine.Name).Append(" (").Append(attempt.Failure?.Reason ?? "no answer").Append(')');
        }

        return text.Append('.').ToString();
    }
}
