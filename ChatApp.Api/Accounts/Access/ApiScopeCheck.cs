using ChatApp.Api.Errors;
using Microsoft.AspNetCore.Authorization;

namespace ChatApp.Api.Accounts.Access;

/// <summary>
/// Refuses requests whose API key has not the scope that the route takes. It looks at every request, so that no route can forget it; what
/// is open to everybody is open to every key.
/// </summary>
internal static class ApiScopeCheck
{
    public static void UseApiScopes(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.User.KeyId is null || context.GetEndpoint() is not { Metadata: var endpoint } || endpoint.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(context);
        }

        var needed = ApiScopes.Needed(endpoint, context.Request.Method);
        return needed is null
            ? Problems.Because(StatusCodes.Status403Forbidden, ProblemCodes.KeyNotTaken, "This takes no API key. Sign in yourself to do it.").ExecuteAsync(context)
            : context.User.Has(needed.Value)
                ? next(context)
                : Problems.Because(StatusCodes.Status403Forbidden, ProblemCodes.ScopeMissing, $"The API key needs the scope '{needed.Value.Name}' for this.").ExecuteAsync(context);
    });
}
