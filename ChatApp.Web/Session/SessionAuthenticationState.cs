using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ChatApp.Web.Session;

/// <summary>
/// The user of a circuit, for as long as the session lives: a circuit lives while its tab is open, which may be for days, and no
/// request comes by that would look at the cookie again. It is told at once when the session ends or the account has another
/// name or role, and looks itself every minute.
/// </summary>
internal sealed class SessionAuthenticationState : RevalidatingServerAuthenticationStateProvider
{
    private readonly SessionTokens _sessions;
    private readonly Lock _gate = new();
    private HeldSession? _watched;
    private IDisposable? _watching;
    private bool _left;

    public SessionAuthenticationState(ILoggerFactory logging, SessionTokens sessions)
        : base(logging)
    {
        _sessions = sessions;
        AuthenticationStateChanged += Follow;
    }

    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var state = await _sessions.GetAsync(authenticationState.User, cancellationToken);
        return state.Held is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _left = true;
            _watching?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Follow(Task<AuthenticationState> changed)
    {
        // It always is: the state is set, never computed.
        if (!changed.IsCompletedSuccessfully)
        {
            return;
        }

        var held = changed.Result.User.Held;
        lock (_gate)
        {
            if (_left || held?.Id == _watched?.Id)
            {
                _watched = held;
                return;
            }

            _watching?.Dispose();
            (_watched, _watching) = (held, held is null ? null : _sessions.Watch(held, OnChanged));
        }
    }

    private void OnChanged(HeldSession? now)
    {
        HeldSession? shown;
        lock (_gate)
        {
            shown = _left ? null : _watched;
        }

        if (shown is null || (now is not null && SessionTicket.IsSamePerson(now.SignedIn.User, shown.SignedIn.User)))
        {
            return;
        }

        var user = now is null ? new ClaimsPrincipal(new ClaimsIdentity()) : SessionTicket.Principal(now);
        SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
    }
}
