using System.Security.Claims;
using System.Text.Json;

namespace ChatApp.Api.Accounts.Access;

/// <summary>Scopes as they stand in the table and in claims.</summary>
internal static class ApiScopeNames
{
    /// <summary>The claims of the scopes that a request's key has.</summary>
    public const string Claim = "scope";

    extension(ApiScope scope)
    {
        /// <summary>The scope's name on the wire.</summary>
        public string Name => JsonNamingPolicy.CamelCase.ConvertName(scope.ToString());

        /// <summary>The scope of a name that was stored.</summary>
        public static ApiScope Parse(string name) => Enum.Parse<ApiScope>(name, ignoreCase: true);
    }

    extension(ClaimsPrincipal principal)
    {
        /// <summary>Whether the request's API key has a scope.</summary>
        public bool Has(ApiScope scope) => principal.HasClaim(Claim, scope.Name);
    }
}
