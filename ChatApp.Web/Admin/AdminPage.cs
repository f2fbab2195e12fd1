using System.Net;
using ChatApp.Web.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ChatApp.Web.Admin;

/// <summary>What the pages of administrators share: who may ask, what went wrong, and when the page was left.</summary>
public abstract class AdminPage : ComponentBase, IDisposable
{
    /// <summary>Who most of these pages are for.</summary>
    internal const string Role = "admin";

    /// <summary>Who the pages of moderators are for.</summary>
    internal const string Moderators = "moderator,admin";

    private readonly CancellationTokenSource _left = new();
    private bool _opened;

    /// <summary>What went wrong, for the person; null when nothing did.</summary>
    protected string? Error { get; private set; }

    /// <summary>The roles that may open the page, with commas between them.</summary>
    protected virtual string Roles => Role;

    /// <summary>Ends when the page is left.</summary>
    protected CancellationToken Left => _left.Token;

    [Inject]
    internal AdminApi Admin { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_opened)
        {
            await AddressChangedAsync();
        }
        else if (RendererInfo.IsInteractive && Authentication is not null && await MayOpenAsync(Authentication) && !_opened)
        {
            // Somebody else is shown that it is not for them, and nothing is asked. A role may come while the page is open.
            _opened = true;
            await OpenAsync();
        }
    }

    /// <summary>The address may say something else than before.</summary>
    protected virtual Task AddressChangedAsync() => Task.CompletedTask;

    /// <summary>Loads what the page shows.</summary>
    protected abstract Task OpenAsync();

    /// <summary>Asks the Api.</summary>
    /// <returns>Whether it answered.</returns>
    protected async Task<bool> AskAsync(Func<Task> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        try
        {
            await ask();
            Error = null;
            return true;
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.Unauthorized)
        {
            Navigation.NavigateTo($"sign-in?returnUrl=/{Navigation.ToBaseRelativePath(Navigation.Uri)}", forceLoad: true);
        }
        catch (ApiException error)
        {
            Error = error.Message;
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }

        return false;
    }

    /// <summary>Does something again and again until the page is left.</summary>
    protected async Task EveryAsync(Func<TimeSpan> interval, Func<Task> look)
    {
        ArgumentNullException.ThrowIfNull(interval);
        ArgumentNullException.ThrowIfNull(look);
        try
        {
            var left = Left;
            while (!left.IsCancellationRequested)
            {
                await Task.Delay(interval(), left);
                await look();
                StateHasChanged();
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // So is the page.
        }
    }

    private async Task<bool> MayOpenAsync(Task<AuthenticationState> authentication)
    {
        var user = (await authentication).User;
        return Roles.Split(',').Any(user.IsInRole);
    }
}
