using System.Net;
using ChatApp.Web.Api;
using ChatApp.Web.Conversations;
using Microsoft.AspNetCore.Components;

namespace ChatApp.Web.Chat;

/// <summary>
/// A conversation: what is stored is rendered here; what is being said right now belongs to the script (js/chat/room.js), which
/// tells when a turn started and ended. So an answer goes on arriving also when the circuit is lost.
/// </summary>
public sealed partial class ChatPage : IDisposable
{
    private CancellationTokenSource _left = new();
    private Conversation? _conversation;
    private MessageFeed? _messages;
    private string? _error;
    private bool _missing;
    private bool _loadingEarlier;
    private bool _refreshing;
    private bool _refreshAgain;

    /// <summary>The conversation to show.</summary>
    [Parameter]
    public Guid ConversationId { get; set; }

    [Inject]
    private ApiClient Api { get; set; } = null!;

    [Inject]
    private ConversationFeed Conversations { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // The answer that is still being written is the script's until it is whole.
    private IEnumerable<Message> Stored =>
        _messages!.Items.Where(message => message.Id != _conversation!.ActiveTurn?.AssistantMessageId);

    private bool AnswersBlocked(Message answer) =>
        answer.IsBlocked && _messages!.Items.Any(message => message.Id == answer.ParentId && message.IsBlocked);

    // What of the conversation is shown, for the script to compare with what it is (js/chat/elsewhere.js).
    private string Revision => $"{_conversation!.UpdatedAt.ToUnixTimeMilliseconds()} {_conversation.ActiveTurn?.Id}";

    /// <inheritdoc/>
    public void Dispose()
    {
        Conversations.Changed -= OnConversationsChanged;
        _left.Cancel();
        _left.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Conversations.Changed += OnConversationsChanged;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() =>
        RendererInfo.IsInteractive && _conversation?.Id != ConversationId ? OpenAsync(ConversationId) : Task.CompletedTask;

    private async Task OpenAsync(Guid id)
    {
        await _left.CancelAsync();
        _left.Dispose();
        _left = new CancellationTokenSource();
        (_conversation, _messages, _error, _missing) = (null, null, null, false);

        var left = _left.Token;
        await AskAsync(async () =>
        {
            var messages = new MessageFeed(Api, id);
            // The conversation first: if its turn ends between the two, the script replays the turn. The other way round,
            // half an answer would be listed and nobody would follow the rest.
            var conversation = await Api.GetConversationAsync(id, left);
            await messages.LoadAsync(left);
            (_conversation, _messages) = (conversation, messages);
        });
    }

    // A turn started or ended here, or something else may have happened elsewhere. Of what comes while it is being asked, only
    // the last matters: the answer after that shows it all.
    private async Task OnThreadChangedAsync(TurnEventArgs turn)
    {
        _refreshAgain = _refreshing;
        if (_refreshing)
        {
            return;
        }

        _refreshing = true;
        try
        {
            do
            {
                _refreshAgain = false;
                await RefreshAsync(turn.ConversationId);
            }
            while (_refreshAgain);
        }
        finally
        {
            _refreshing = false;
        }
    }

    private async Task RefreshAsync(Guid id)
    {
        if (_conversation?.Id != id || _messages is not { } messages)
        {
            return;
        }

        var left = _left.Token;
        await AskAsync(async () =>
        {
            var conversation = await Api.GetConversationAsync(id, left);
            await messages.LoadAsync(left);
            left.ThrowIfCancellationRequested();
            _conversation = conversation;
            Conversations.Put(conversation);
        });
        StateHasChanged();
    }

    private async Task LoadEarlierAsync()
    {
        _loadingEarlier = true;
        var left = _left.Token;
        await AskAsync(() => _messages!.LoadEarlierAsync(left));
        _loadingEarlier = false;
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
            Navigation.NavigateTo($"sign-in?returnUrl=/chat/{ConversationId}", forceLoad: true);
        }
        catch (ApiException error)
        {
            _error = error.Message;
        }
        catch (OperationCanceledException)
        {
            // Another conversation was opened, or the page is gone.
        }
    }

    private void OnConversationsChanged(object? sender, EventArgs change) => _ = InvokeAsync(() =>
    {
        // A rename in the sidebar shows in the title of the page too.
        if (_conversation is { } shown && Conversations.Items.FirstOrDefault(item => item.Id == shown.Id) is { } fresh && fresh.Title != shown.Title)
        {
            _conversation = shown with { Title = fresh.Title };
            StateHasChanged();
        }
    });
}
