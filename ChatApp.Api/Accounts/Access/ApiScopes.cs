using Microsoft.AspNetCore.Authorization;

namespace ChatApp.Api.Accounts.Access;

/// <summary>Which scope an API key needs for a route. People who signed in need none.</summary>
internal static class ApiScopes
{
    /// <summary>Says which scope the changing routes of an endpoint or a group take; without one they take no keys.</summary>
    public static TBuilder TakesKeys<TBuilder>(this TBuilder builder, ApiScope scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Metadata(scope));

    /// <summary>
    /// The scope that a request to an endpoint needs: what is for administrators or moderators takes <see cref="ApiScope.Admin"/>, other
    /// reading <see cref="ApiScope.Read"/>, and changes what they name.
    /// </summary>
    /// <returns>Null when it takes no keys.</returns>
    public static ApiScope? Needed(EndpointMetadataCollection endpoint, string method)
    {
        var policies = endpoint.GetOrderedMetadata<IAuthorizeData>();
        if (policies.Any(static p => p.Policy == Policies.Session))
        {
            return null;
        }

        var named = endpoint.GetMetadata<Metadata>()?.Scope;
        var isAdministration = policies.Any(static p => p.Policy is Policies.Admin or Policies.Moderator);
        var isReading = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        return (isReading, isAdministration) switch
        {
            (true, true) => ApiScope.Admin,
            (true, false) => named == ApiScope.Admin ? named : ApiScope.Read,
            // A group's scope is not enough for what only administrators may do.
            (false, true) => named == ApiScope.Admin ? named : null,
            (false, false) => named,
        };
    }

    private sealed record Metadata(ApiScope Scope);
}
