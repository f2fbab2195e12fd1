namespace ChatApp.Api.Errors;

/// <summary>A problem that passes by itself, with the seconds after which to ask again in <c>Retry-After</c>.</summary>
internal sealed class RetryLaterResult(
    int statusCode, TimeSpan retryAfter, string detail, string? code = null, IReadOnlyDictionary<string, object?>? more = null) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => statusCode;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        Problems.SetRetryAfter(httpContext.Response, retryAfter);
        var extensions = new Dictionary<string, object?>(more ?? new Dictionary<string, object?>(), StringComparer.Ordinal);
        if (code is not null)
        {
            extensions["code"] = code;
        }

        return TypedResults.Problem(statusCode: statusCode, detail: detail, extensions: extensions).ExecuteAsync(httpContext);
    }
}
