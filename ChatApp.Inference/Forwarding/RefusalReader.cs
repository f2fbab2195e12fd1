using System.Net;
using System.Text;
using ChatApp.Inference.Attempts;

namespace ChatApp.Inference.Forwarding;

/// <summary>Says what a status that is no success means for the call's next try.</summary>
internal static class RefusalReader
{
    private const int MostRead = 4096;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>Whether the status is the caller's to know, and no other target would say otherwise.</summary>
    public static bool IsCallersFault(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;

    /// <summary>Judges every other one.</summary>
    public static async Task<AttemptFailure> ReadAsync(HttpResponseMessage response, AttemptClock clock, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var after = RetryAfter(response, now);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new AttemptFailure(AttemptFailure.KeyRefused, "It refuses the gateway's key. Check the engine's key.", BlamesEngine: true),
            HttpStatusCode.NotFound =>
                new AttemptFailure(AttemptFailure.NoModel, "It does not have the model, or its address is of something else.", BlamesEngine: false),
            HttpStatusCode.TooManyRequests =>
                new AttemptFailure(AttemptFailure.RateLimited, "It takes no more calls for now.", BlamesEngine: false, after ?? TimeSpan.FromSeconds(1)),
            // Anthropic's "overloaded".
            (HttpStatusCode)529 =>
                new AttemptFailure(AttemptFailure.RateLimited, "It has too much to do.", BlamesEngine: false, after ?? TimeSpan.FromSeconds(5)),
            // llama-server's, for what it was not started for, such as embeddings.
            HttpStatusCode.NotImplemented =>
                new AttemptFailure(AttemptFailure.NotSupported, "The engine was not started for such calls.", BlamesEngine: false),
            HttpStatusCode.ServiceUnavailable when await IsLoadingAsync(response, clock) =>
                new AttemptFailure(AttemptFailure.Loading, "It still loads its model.", BlamesEngine: false, after),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new AttemptFailure($"status_{status}", $"It answered {status}.", BlamesEngine: true, after),
            _ => new AttemptFailure($"status_{status}", $"It answered {status}, which is no answer to such a call.", BlamesEngine: false),
        };
    }

    // llama-server: {"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}
    private static async Task<bool> IsLoadingAsync(HttpResponseMessage response, AttemptClock clock)
    {
        try
        {
            var body = await AnswerBody.ReadAsync(response.Content, MostRead, clock);
            return Encoding.UTF8.GetString(body.Span).Contains("loading model", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException or InvalidDataException)
        {
            return false;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var after = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return after is not { } found ? null : found < TimeSpan.Zero ? TimeSpan.Zero : found < LongestRetryAfter ? found : LongestRetryAfter;
    }
}
