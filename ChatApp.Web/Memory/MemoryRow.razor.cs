using ChatApp.Web.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ChatApp.Web.Memory;

/// <summary>A row of the memory page.</summary>
public sealed partial class MemoryRow
{
    private const int LongestShown = 420;
    private const int LongestEdited = 2000;
    private const int LongestName = 60;

    private ElementReference _input;
    private ElementReference _keep;
    private string? _draft;
    private string? _error;
    private bool _whole;
    private bool _forgetting;
    private bool _busy;
    private bool _focus;
    private int _saved;

    /// <summary>What it shows.</summary>
    [Parameter]
    [EditorRequired]
    public required StoredMemory Memory { get; set; }

    /// <summary>The list that it is of.</summary>
    [Parameter]
    [EditorRequired]
    public required MemoryFeed Feed { get; set; }

    /// <summary>Who remembers.</summary>
    [Parameter]
    [EditorRequired]
    public required string CharacterName { get; set; }

    /// <summary>It is something else now.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>It is gone.</summary>
    [Parameter]
    public EventCallback OnForgotten { get; set; }

    private string Shown => _whole || Memory.Text.Length <= LongestShown ? Memory.Text : $"{Memory.Text[..LongestShown]}…";

    // Names the row's buttons to those who hear them.
    private string Begin => Memory.Text.Length <= LongestName ? Memory.Text : $"{Memory.Text[..LongestName]}…";

    private string From => Memory switch
    {
        { IsNote: true } => "Your note",
        { Kind: "fact" } => $"{CharacterName} noted",
        { IsUsers: true } => "You said",
        _ => $"{CharacterName} said",
    };

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus)
        {
            _focus = false;
            await (_forgetting ? _keep : _input).FocusAsync();
        }
    }

    private Task PinAsync() => RunAsync(async () =>
    {
        await Feed.PinAsync(Memory, !Memory.Pinned, CancellationToken.None);
        await OnChanged.InvokeAsync();
    });

    private void StartEdit()
    {
        _draft = Memory.Text[..Math.Min(Memory.Text.Length, LongestEdited)];
        (_error, _focus) = (null, true);
    }

    private void StopEdit()
    {
        (_draft, _error) = (null, null);
        _saved++;
    }

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape" && !_busy)
        {
            StopEdit();
        }
    }

    private async Task SaveAsync()
    {
        if (_draft?.Trim() is not { Length: > 0 } text)
        {
            return;
        }

        if (text == Memory.Text)
        {
            StopEdit();
            return;
        }

        await RunAsync(async () =>
        {
            await Feed.RewriteAsync(Memory, text, CancellationToken.None);
            StopEdit();
            await OnChanged.InvokeAsync();
        });
    }

    private void AskToForget() => (_forgetting, _focus) = (true, true);

    private Task ForgetAsync() => RunAsync(async () =>
    {
        await Feed.DeleteAsync(Memory, CancellationToken.None);
        await OnForgotten.InvokeAsync();
    });

    private async Task RunAsync(Func<Task> act)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _error) = (true, null);
        try
        {
            await act();
        }
        catch (ApiException error)
        {
            _error = error.Message;
        }
        finally
        {
            _busy = false;
        }
    }
}
