using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace ChatApp.Inference.Attempts;

/// <summary>Says why nothing came back, from what YARP noted.</summary>
internal static class ForwarderFailures
{
    /// <summary>The failure of a try that ended without an answer; null when the caller left, or when there is none.</summary>
    public static AttemptFailure? Of(HttpContext context, CallAttempt attempt)
    {
        if (context.GetForwarderErrorFeature() is not { } error || context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }

        if (attempt.Clock is { RanOut: true } clock)
        {
            return RanOut(clock);
        }

        return error.Error switch
        {
            _ when IsNotReached(error.Exception) => new AttemptFailure(AttemptFailure.Connect, "It does not answer: it is not started, or its address is wrong.", BlamesEngine: true),
            ForwarderError.ResponseBodyClient or ForwarderError.ResponseBodyCanceled => null,
            ForwarderError.RequestTimedOut => new AttemptFailure(AttemptFailure.Timeout, "It was silent for too long.", BlamesEngine: true),
            var other => new AttemptFailure(AttemptFailure.BrokeOff, $"The connection ended before an answer ({other}).", BlamesEngine: true),
        };
    }

    /// <summary>The failure of a try whose time ran out before its first token.</summary>
    public static AttemptFailure RanOut(AttemptClock clock) => clock.IsPastDeadline
        ? new AttemptFailure(AttemptFailure.Deadline, "The call's time was over.", BlamesEngine: false)
        : new AttemptFailure(AttemptFailure.Timeout, "No whole event came in time.", BlamesEngine: true);

    private static bool IsNotReached(Exception? exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => true,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => true,

        // SocketsHttpHandler reports its connect timeout as a cancellation around a TimeoutException.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
