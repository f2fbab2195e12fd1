using ChatApp.Web.Api;
using ChatApp.Web.Session;

namespace ChatApp.Web.Account.External;

/// <summary>The other services that one may sign in with, as the Api told a minute ago at most. Without them one can still sign in.</summary>
internal sealed class SignInProviders(AuthApi api, TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private (IReadOnlyList<SignInProvider> Providers, DateTimeOffset Until) _known = ([], DateTimeOffset.MinValue);

    /// <summary>All that are set up.</summary>
    public async Task<IReadOnlyList<SignInProvider>> ListAsync(CancellationToken cancellationToken)
    {
        var known = _known;
        if (known.Until > clock.GetUtcNow())
        {
            return known.Providers;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            known.Providers = await api.ListProvidersAsync(patience.Token);
        }
        catch (Exception error) when (error is ApiException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // What was known before will do, and the page around it says what it must.
        }

        _known = known with { Until = clock.GetUtcNow() + GoodFor };
        return known.Providers;
    }
}
