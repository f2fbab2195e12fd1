using System.Net;
using ChatApp.Web.Api;
using Microsoft.AspNetCore.Components;

namespace ChatApp.Web.Admin;

/// <summary>The editor of one policy. Somebody else may save the same one meanwhile: then it asks, and nothing is lost.</summary>
public sealed partial class PolicyEditor
{
    private readonly Attempt _attempt = new();
    private ModerationPolicy? _stored;
    private ModerationPolicy? _theirs;
    private PolicyDraft? _draft;
    private bool _removing;

    /// <summary>Whom it is for.</summary>
    [Parameter]
    [EditorRequired]
    public required string Scope { get; set; }

    /// <summary>The same in words.</summary>
    [Parameter]
    [EditorRequired]
    public required string Title { get; set; }

    /// <summary>There is one more or one less, or a new version.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    internal PolicyApi Policies { get; set; } = null!;

    private List<string> Changes => _draft?.DifferencesFrom(_stored is null ? PolicyDraft.Empty(Scope, 0) : PolicyDraft.Of(_stored)) ?? [];

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LoadAsync();

    private static string Saved(ModerationPolicy policy) => (policy.UpdatedAt, policy.UpdatedBy) switch
    {
        ({ } at, { } by) => $"saved by {by}, {Times.Minute(at)}",
        ({ } at, null) => $"saved {Times.Minute(at)}",
        _ => "as it came",
    };

    private Task<bool> LoadAsync() => _attempt.RunAsync(async () =>
    {
        _stored = await FindAsync();
        _draft = _stored is { } stored ? PolicyDraft.Of(stored) : PolicyDraft.Empty(Scope, await LastVersionAsync());
    });

    private async Task<ModerationPolicy?> FindAsync()
    {
        try
        {
            return await Policies.GetAsync(Scope, CancellationToken.None);
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    // One that was removed has versions, and goes on from the last of them.
    private async Task<int> LastVersionAsync()
    {
        try
        {
            var page = await Policies.ListVersionsAsync(Scope, cursor: null, CancellationToken.None);
            return page.Items.Count > 0 ? page.Items[0].Version : 0;
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return 0;
        }
    }

    private async Task SaveAsync()
    {
        var saved = await _attempt.RunAsync(
            async () =>
            {
                _stored = await Policies.PutAsync(Scope, _draft!.Version, _draft.ToChange(), CancellationToken.None);
                _draft = PolicyDraft.Of(_stored);
            },
            "Saved. It holds from the next message on.");
        if (saved)
        {
            await OnChanged.InvokeAsync();
        }
        else if (_attempt.Status == HttpStatusCode.PreconditionFailed)
        {
            await _attempt.RunAsync(async () =>
            {
                _theirs = await FindAsync();
                _draft!.Version = _theirs?.Version ?? await LastVersionAsync();
                _stored = _theirs is null ? null : _stored; // They removed it: saving brings it back.
            });
        }
    }

    private void TakeTheirs()
    {
        (_stored, _theirs) = (_theirs, null);
        Reset();
    }

    // What they saved is what mine is compared with from now on: the page says openly what saving takes back.
    private void KeepMine()
    {
        (_stored, _theirs) = (_theirs, null);
        _attempt.Clear();
    }

    private void Reset()
    {
        _draft = _stored is { } stored ? PolicyDraft.Of(stored) : PolicyDraft.Empty(Scope, _draft!.Version);
        _attempt.Clear();
    }

    private void Take(ModerationPolicy old)
    {
        _draft!.Take(old);
        _attempt.Clear();
    }

    private void AskToRemove()
    {
        _attempt.Clear();
        _removing = true;
    }

    private async Task RemoveAsync()
    {
        if (await _attempt.RunAsync(() => Policies.DeleteAsync(Scope, CancellationToken.None), "Removed. That for everybody holds."))
        {
            _stored = null;
            _draft = PolicyDraft.Empty(Scope, await LastVersionAsync());
            await OnChanged.InvokeAsync();
        }

        _removing = false;
    }
}
