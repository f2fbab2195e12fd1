using System.Runtime.InteropServices;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;

namespace ChatApp.Inference.Forwarding;

/// <summary>Puts what the target is sent in place of what the caller sent.</summary>
internal sealed class Dispatch(RequestDelegate next, DialectCatalog dialects)
{
    public Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        if (call.Attempts is [.., var attempt])
        {
            var request = dialects.For(attempt.Target.Engine.Kind).Write(call, attempt.Target);
            attempt.Request = request;
            context.Request.Body = BodyStream(request.Body);
            context.Request.ContentLength = request.Body.Length;
        }

        return next(context);
    }

    // The bodies are arrays of this process, so none is copied.
    private static MemoryStream BodyStream(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);
}
