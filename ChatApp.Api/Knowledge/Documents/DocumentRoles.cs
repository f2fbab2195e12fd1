using System.Security.Claims;

namespace ChatApp.Api.Knowledge.Documents;

/// <summary>Who may change what a character knows.</summary>
internal static class DocumentRoles
{
    public static bool MayUpload(ClaimsPrincipal principal) => Is(principal, "creator") || MayDeleteAny(principal);

    public static bool MayDeleteAny(ClaimsPrincipal principal) => Is(principal, "admin");

    // The token's own name for it, and the one that the framework may have given it.
    private static bool Is(ClaimsPrincipal principal, string role) => principal.HasClaim("role", role) || principal.HasClaim(ClaimTypes.Role, role);
}
