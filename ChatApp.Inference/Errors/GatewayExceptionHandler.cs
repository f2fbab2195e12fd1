using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Errors;

/// <summary>What was thrown goes to the log; the caller learns the status and a trace id.</summary>
internal sealed class GatewayExceptionHandler(IOptions<GatewayOptions> options) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var status = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        await GatewayErrors.WriteAsync(httpContext, GatewayError.ForStatus(status, options.Value.MaxRequestBodyBytes));
        return true;
    }
}
