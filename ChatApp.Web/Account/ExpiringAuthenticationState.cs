using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ChatApp.Web.Account;

/// <summary>
/// The user of a circuit, until the token ends: a circuit lives for as long as its tab is open, which may be for days, and
/// no request comes by that would look at the cookie again.
/// </summary>
internal sealed class ExpiringAuthenticationState(ILoggerFactory logging, TimeProvider clock)
    : RevalidatingServerAuthenticationStateProvider(logging)
{
    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
        => Task.FromResult(authenticationState.User.AccessTokenExpiresAt > clock.GetUtcNow());
}
