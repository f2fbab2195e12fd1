using System.Text.Json;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Dialects;

namespace ChatApp.Inference.Forwarding;

/// <summary>Says why an answer could not be read to its end. What was read is not told: it is somebody's.</summary>
internal static class StreamFailures
{
    public static AttemptFailure Of(Exception exception, AttemptClock clock) => exception switch
    {
        OperationCanceledException when clock.RanOut => ForwarderFailures.RanOut(clock),
        DialectException => new AttemptFailure(AttemptFailure.Failed, exception.Message, BlamesEngine: true),
        EndOfStreamException => new AttemptFailure(AttemptFailure.BrokeOff, "Its answer ended without saying so.", BlamesEngine: true),
        InvalidDataException => new AttemptFailure(AttemptFailure.Malformed, exception.Message, BlamesEngine: true),
        JsonException => new AttemptFailure(AttemptFailure.Malformed, "Its answer is no valid JSON of OpenAI's shape.", BlamesEngine: true),
        IOException or HttpRequestException or OperationCanceledException => new AttemptFailure(AttemptFailure.BrokeOff, "The connection broke off within its answer.", BlamesEngine: true),
        _ => new AttemptFailure(AttemptFailure.Malformed, $"Its answer could not be understood ({exception.GetType().Name}).", BlamesEngine: true),
    };
}
