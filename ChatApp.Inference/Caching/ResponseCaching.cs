using ChatApp.Inference.Calls;
using Microsoft.AspNetCore.Http.Features;

namespace ChatApp.Inference.Caching;

/// <summary>
/// Gives again what was answered before, byte for byte, for models that are cached (<c>Cache</c> of the model) and calls that have one answer
/// only. Callers get their own answers; those of others only where a call says that nothing of one person is in it
/// (<c>ChatApp-Cache: shared</c>). Calls of other models pass through untouched.
/// </summary>
internal sealed class ResponseCaching(RequestDelegate next, AnswerCache cache)
{
    public Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        if (!call.Model.IsCached || !cache.IsEnabled || !CacheableCall.Is(call))
        {
            return next(context);
        }

        var key = CacheKey.Of(call);
        return cache.Find(key) is { } answer ? ReplayAsync(context, call, answer) : AnswerAsync(context, call, key);
    }

    private static Task ReplayAsync(HttpContext context, GatewayCall call, CachedAnswer answer)
    {
        call.IsFromCache = true;
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = answer.ContentType;
        response.Headers.CacheControl = answer.CacheControl;
        response.ContentLength = answer.IsStream ? null : answer.Body.Length;
        return response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
    }

    private async Task AnswerAsync(HttpContext context, GatewayCall call, string key)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var tee = new AnswerTee(context.Response.Body, cache.MaximumLength);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(tee, body));
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(body);
        }

        if (IsComplete(context, call) && tee.Kept is { Length: > 0 } kept)
        {
            var response = context.Response;
            cache.Keep(key, kept, response.ContentType, response.Headers.CacheControl, response.ContentLength is null, call.IsShared ? null : call.Caller);
        }
    }

    private static bool IsComplete(HttpContext context, GatewayCall call) =>
        context.Response is { HasStarted: true, StatusCode: StatusCodes.Status200OK }
        && !context.RequestAborted.IsCancellationRequested
        && context.GetForwarderErrorFeature() is null
        && call.Attempts is [.., { Failure: null }]
        && (call.Kind == CallKind.Embedding || call.Usage.FinishReason is "stop" or "length");
}
