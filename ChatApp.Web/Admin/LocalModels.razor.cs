using ChatApp.Web.Api;
using Microsoft.AspNetCore.Components;

namespace ChatApp.Web.Admin;

/// <summary>The models on an engine's disk.</summary>
public sealed partial class LocalModels
{
    private ElementReference _keep;
    private List<LocalModel>? _models;
    private HashSet<string> _running = [];
    private string _name = "";
    private string? _deleting;
    private string? _error;
    private bool _open;
    private bool _busy;
    private bool _focus;

    /// <summary>Whose disk.</summary>
    [Parameter]
    [EditorRequired]
    public required string Engine { get; set; }

    /// <summary>What is being pulled, anywhere.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<Pull> Pulls { get; set; }

    /// <summary>A pull began.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    internal AdminApi Admin { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // What was pulled is on the disk when its pull has ended.
        var running = Pulls.Where(pull => pull.Engine == Engine && pull.IsRunning).Select(static pull => pull.Id).ToHashSet(StringComparer.Ordinal);
        var ended = _running.Except(running, StringComparer.Ordinal).Any();
        _running = running;
        if (ended && _open)
        {
            await LoadAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus)
        {
            _focus = false;
            await _keep.FocusAsync();
        }
    }

    private static string Facts(LocalModel model)
    {
        string?[] facts = [Sizes.Bytes(model.Bytes), model.ParameterSize, model.Quantization, model.Loaded ? "in memory" : null];
        return string.Join(" · ", facts.Where(static fact => !string.IsNullOrEmpty(fact)));
    }

    private async Task ToggleAsync()
    {
        _open = !_open;
        if (_open)
        {
            await LoadAsync();
        }
    }

    private void AskToDelete(LocalModel model) => (_deleting, _focus) = (model.Name, true);

    private Task LoadAsync() => RunAsync(async () => _models = await Admin.ListLocalModelsAsync(Engine, CancellationToken.None));

    private Task DeleteAsync(LocalModel model) => RunAsync(async () =>
    {
        await Admin.DeleteLocalModelAsync(Engine, model.Name, CancellationToken.None);
        _deleting = null;
        _models = await Admin.ListLocalModelsAsync(Engine, CancellationToken.None);
    });

    private Task PullAsync() => RunAsync(async () =>
    {
        await Admin.StartPullAsync(Engine, _name.Trim(), CancellationToken.None);
        _name = "";
        await OnChanged.InvokeAsync();
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
