using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Errors;

/// <summary>A problem that passes by itself, with the seconds after which to ask again in <c>Retry-After</c>.</summary>
internal sealed class RetryLaterResult(
    int statusCode, TimeSpan retryAfter, string detail, string? code = null, IReadOnlyDictionary<string, object?>? more = null) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => statusCode;

    public Task ExecuteAsync(HttpContext httpContext) => ToProblem(httpContext.Response).ExecuteAsync(httpContext);

    /// <summary>The same as a plain problem, with the header set already: for routes that know of no other kind of answer.</summary>
    public ProblemHttpResult ToProblem(HttpResponse response)
    {
        Problems.SetRetryAfter(response, retryAfter);
        var extensions = new Dictionary<string, object?>(more ?? new Dictionary<string, object?>(), StringComparer.Ordinal);
        if (code is not null)
        {
            extensions["code"] = code;
        }

        return TypedResults.Problem(statusCode: statusCode, detail: detail, extensions: extensions);
    }
}
