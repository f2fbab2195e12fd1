using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Errors;

/// <summary>The errors that several features answer, in one wording. The trace id is added where they are written.</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound(string what) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, detail: $"There is no such {what}.");

    public static ProblemHttpResult Conflict(string detail) =>
        TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, detail: detail);

    /// <summary>An error that a program may want to act on: <paramref name="code"/> is one of <see cref="ProblemCodes"/>, in the member <c>code</c>.</summary>
    public static ProblemHttpResult Because(int statusCode, string code, string detail) =>
        TypedResults.Problem(statusCode: statusCode, detail: detail, extensions: [new("code", code)]);

    public static IResult Unavailable(string detail) => new RetryLaterResult(StatusCodes.Status503ServiceUnavailable, TimeSpan.FromSeconds(2), detail);

    public static RetryLaterResult TooMany(TimeSpan retryAfter, string detail, string? code = null) =>
        new(StatusCodes.Status429TooManyRequests, retryAfter, detail, code);

    public static ValidationProblem Invalid(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    public static void SetRetryAfter(HttpResponse response, TimeSpan delay) =>
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
