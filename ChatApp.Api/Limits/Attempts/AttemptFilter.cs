using ChatApp.Api.Errors;

namespace ChatApp.Api.Limits.Attempts;

/// <summary>Counts what a route is asked as attempts: 400 and 401 are failures, and whatever broke was none.</summary>
internal static class AttemptFilter
{
    /// <summary>Limits attempts by address alone, where a request names no account.</summary>
    public static RouteHandlerBuilder LimitAttempts(this RouteHandlerBuilder route, AttemptKind kind) =>
        route.LimitAttempts<object>(kind, static _ => null);

    /// <summary>Limits attempts by address and by account.</summary>
    /// <param name="route">The route.</param>
    /// <param name="kind">What is attempted there.</param>
    /// <param name="account">Whose account a request is about.</param>
    /// <typeparam name="TRequest">What the route reads.</typeparam>
    public static RouteHandlerBuilder LimitAttempts<TRequest>(this RouteHandlerBuilder route, AttemptKind kind, Func<TRequest, string?> account)
        where TRequest : class
    {
        route.ProducesProblem(StatusCodes.Status429TooManyRequests);
        route.AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            var attempts = context.RequestServices.GetRequiredService<IAttemptLimiter>();
            var whose = invocation.Arguments.OfType<TRequest>().FirstOrDefault() is { } request ? account(request) : null;
            if (await attempts.BeginAsync(kind, context, whose, context.RequestAborted) is { } refusal)
            {
                return refusal;
            }

            object? result;
            try
            {
                result = await next(invocation);
            }
            catch
            {
                await attempts.UndoAsync(kind, context, whose);
                throw;
            }

            if (Status(result) is not (StatusCodes.Status400BadRequest or StatusCodes.Status401Unauthorized))
            {
                await attempts.SucceededAsync(kind, context, whose);
            }

            return result;
        });
        return route;
    }

    private static int? Status(object? result) => result switch
    {
        INestedHttpResult nested => Status(nested.Result),
        IStatusCodeHttpResult coded => coded.StatusCode,
        _ => null,
    };
}
