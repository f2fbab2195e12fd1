using System.Security.Claims;

namespace ChatApp.Api.Accounts;

internal static class CurrentUser
{
    extension(ClaimsPrincipal principal)
    {
        /// <summary>The id of the account that the request's token names; only behind authorization.</summary>
        public Guid UserId => Guid.Parse((principal.FindFirst(ClaimTypes.NameIdentifier) ?? principal.FindFirst("sub"))!.Value);
    }
}
