using System.Runtime.InteropServices;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Forwarding;

/// <summary>Puts what the target is sent in place of what the caller sent, and starts the try's clock.</summary>
internal sealed class Dispatch(RequestDelegate next, DialectCatalog dialects, IOptions<GatewayOptions> options, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        var attempt = call.Attempts[^1];
        DialectRequest request;
        try
        {
            request = dialects.For(attempt.Target.Engine.Kind).Write(call, attempt.Target);
        }
        catch (DialectException exception)
        {
            attempt.Failure = new AttemptFailure(AttemptFailure.NotSupported, exception.Message, BlamesEngine: false);
            return;
        }

        using var clock = new AttemptClock(time, Patience(call), call.Deadline, context.RequestAborted);
        attempt.Request = request;
        attempt.Clock = clock;
        context.Request.Body = BodyStream(request.Body);
        context.Request.ContentLength = request.Body.Length;
        await next(context);
    }

    // What is not streamed is silent until its last token.
    private TimeSpan Patience(GatewayCall call) =>
        !call.Streams && call.Kind is not CallKind.Embedding || options.Value.ActivityTimeout < options.Value.FirstTokenTimeout
            ? options.Value.ActivityTimeout
            : options.Value.FirstTokenTimeout;

    // The bodies are arrays of this process, so none is copied.
    private static MemoryStream BodyStream(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);
}
