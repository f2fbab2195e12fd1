using ChatApp.Api.Errors;

namespace ChatApp.Api.Gateway;

/// <summary>Answers what the gateway refused as a problem, with its code and its words.</summary>
internal sealed partial class GatewayProblems(ILogger<GatewayProblems> logger) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (GatewayException exception)
        {
            if (exception.Status >= StatusCodes.Status500InternalServerError)
            {
                LogRefused(exception.Code, exception.InnerException?.Message ?? exception.Message);
            }

            if (exception.RetryAfter is { } wait)
            {
                Problems.SetRetryAfter(context.HttpContext.Response, wait);
            }

            return TypedResults.Problem(
                statusCode: exception.Status,
                detail: exception.Message,
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = exception.Code });
        }
    }

    [LoggerMessage(LogLevel.Warning, "The gateway's administration failed: {Code} {Reason}")]
    private partial void LogRefused(string code, string reason);
}
