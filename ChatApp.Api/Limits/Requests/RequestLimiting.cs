using System.Globalization;
using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Windows;

namespace ChatApp.Api.Limits.Requests;

/// <summary>
/// Judges every request once, when it is known who makes it and before anything is done for it. Event streams and sockets are
/// requests that last: what goes through them is not counted.
/// </summary>
internal static class RequestLimiting
{
    private static readonly PathString[] Uncounted = ["/health", "/alive"];

    public static void UseRequestLimits(this WebApplication app)
    {
        var limiter = app.Services.GetRequiredService<WindowLimiter>();
        var rules = app.Services.GetRequiredService<RequestRules>();
        app.Use(async (context, next) =>
        {
            if (Array.Exists(Uncounted, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)))
            {
                await next(context);
                return;
            }

            var verdict = await limiter.TakeAsync(rules.Of(context));
            RateLimitHeaders.Write(context.Response.Headers, verdict.States);
            context.Features.Set(verdict);
            await (verdict.IsAllowed ? next(context) : Refuse(verdict.Refusing).ExecuteAsync(context));
        });
    }

    private static RetryLaterResult Refuse(LimitState state)
    {
        var limit = state.Rule.Limit.ToString("N0", CultureInfo.InvariantCulture);
        var who = state.Rule.Name switch
        {
            "address" => $"Without signing in, {limit} requests a minute are taken from one address.",
            "key" => $"This API key may make {limit} requests a minute.",
            "role" => $"Accounts of this kind may make {limit} requests a minute together.",
            _ => $"This account may make {limit} requests a minute.",
        };
        return new RetryLaterResult(
            StatusCodes.Status429TooManyRequests, state.Wait, $"{who} Wait for the seconds that Retry-After says, and ask again.", ProblemCodes.RateLimited);
    }
}
