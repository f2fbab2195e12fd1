using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Forwarding;

/// <summary>Tells apart an engine that is not there (503) from one that broke off (502) or fell silent (504).</summary>
internal sealed class ForwarderErrors(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (!context.Response.HasStarted
            && context.GetForwarderErrorFeature() is { } failure
            && IsNotReached(failure))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
        }

        // The text is written where every bare status gets one, see GatewayErrors.
    }

    private static bool IsNotReached(IForwarderErrorFeature failure) => failure.Exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => true,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => true,

        // SocketsHttpHandler reports its connect timeout as a cancellation around a TimeoutException.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => failure.Error is ForwarderError.NoAvailableDestinations,
    };
}
