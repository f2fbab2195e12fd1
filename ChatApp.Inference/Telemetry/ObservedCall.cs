using ChatApp.Inference.Calls;

namespace ChatApp.Inference.Telemetry;

/// <summary>Waits for the moment before an answer's first byte, when its headers can still be written.</summary>
internal sealed class ObservedCall(HttpContext context, GatewayMetrics metrics, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Writes <see cref="CallHeaders.Route"/> and notes the time.</summary>
    public void BeforeFirstByte()
    {
        var call = context.Features.Get<GatewayCall>();
        if (call is not null)
        {
            context.Response.Headers[CallHeaders.Route] = RouteHeader.Of(call);
        }

        if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            metrics.FirstByte(time.GetElapsedTime(_began), call?.Target?.Engine.Name);
        }
    }
}
