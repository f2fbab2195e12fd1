using System.Net;
using ChatApp.Web.Api;
using Microsoft.AspNetCore.Components;

namespace ChatApp.Web.Memory;

/// <summary>
/// What one character knows of the person: to look at, search, correct, add to, take away and forget. What is looked for stands in the
/// address, so that a reload, a link and the browser's own buttons lead to the same.
/// </summary>
public sealed partial class MemoryPage : IDisposable
{
    private CancellationTokenSource _left = new();
    private ElementReference _heading;
    private Guid _opened;
    private Character? _character;
    private MemoryFeed? _feed;
    private string? _error;
    private bool _missing;
    private bool _loadingMore;
    private bool _wiping;

    /// <summary>Whose memories.</summary>
    [Parameter]
    public Guid CharacterId { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "pinned")]
    private bool? PinnedOnly { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = null!;

    [Inject]
    private MemoryApi Memories { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Heading => _feed!.Query switch
    {
        { Text: { } text } => $"About “{text}”",
        { PinnedOnly: true } => "Pinned",
        _ => _feed.Settings!.Total == 1 ? "1 memory" : $"{_feed.Settings.Total:N0} memories",
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() =>
        RendererInfo.IsInteractive && (_opened != CharacterId || _feed?.Query != MemoryQuery.Of(Text, PinnedOnly)) ? OpenAsync() : Task.CompletedTask;

    private async Task OpenAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        _left = new CancellationTokenSource();
        _missing = false;
        if (_opened != CharacterId)
        {
            (_opened, _character, _feed) = (CharacterId, null, null);
        }

        var left = _left.Token;
        await AskAsync(async () =>
        {
            var fresh = new MemoryFeed(Memories, CharacterId, MemoryQuery.Of(Text, PinnedOnly));
            var character = _character ?? await Api.GetCharacterAsync(CharacterId, left);
            await fresh.LoadAsync(left);
            (_character, _feed) = (character, fresh);
        });
    }

    private async Task MoreAsync()
    {
        if (_loadingMore)
        {
            return;
        }

        _loadingMore = true;
        var left = _left.Token;
        await AskAsync(() => _feed!.LoadMoreAsync(left));
        _loadingMore = false;
    }

    // What had the focus is gone with its memory.
    private async Task OnForgottenAsync()
    {
        StateHasChanged();
        await _heading.FocusAsync(preventScroll: true);
    }

    private async Task OnWipedAsync()
    {
        _wiping = false;
        await OnForgottenAsync();
    }

    private async Task AskAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            _error = null;
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.NotFound)
        {
            _missing = true;
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.Unauthorized)
        {
            Navigation.NavigateTo($"sign-in?returnUrl=/memory/{CharacterId}", forceLoad: true);
        }
        catch (ApiException error)
        {
            _error = error.Message;
        }
        catch (OperationCanceledException)
        {
            // Something else is looked for, or the page is gone.
        }
    }
}
