namespace ChatApp.Api.Errors;

/// <summary>A problem that passes by itself, with the seconds after which to ask again in <c>Retry-After</c>.</summary>
internal sealed class RetryLaterResult(int statusCode, TimeSpan retryAfter, string detail) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => statusCode;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        Problems.SetRetryAfter(httpContext.Response, retryAfter);
        return TypedResults.Problem(statusCode: statusCode, detail: detail).ExecuteAsync(httpContext);
    }
}
