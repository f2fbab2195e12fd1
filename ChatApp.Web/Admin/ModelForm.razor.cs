using ChatApp.Web.Api;
using Microsoft.AspNetCore.Components;

namespace ChatApp.Web.Admin;

/// <summary>The form of a model.</summary>
public sealed partial class ModelForm
{
    private const double UsualThreshold = 0.5;

    private TargetChain _chain = new([]);
    private string _name = "";
    private string _small = "";
    private string _large = "";
    private double _threshold = UsualThreshold;
    private string? _error;
    private bool _chooses;
    private bool _cache;
    private bool _busy;

    /// <summary>What is changed; null to add one.</summary>
    [Parameter]
    public Model? Model { get; set; }

    /// <summary>The engines that targets can name.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<Engine> Engines { get; set; }

    /// <summary>The models that a virtual one can choose between.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<Model> Models { get; set; }

    /// <summary>It is saved.</summary>
    [Parameter]
    public EventCallback OnSaved { get; set; }

    /// <summary>It is not wanted.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    internal AdminApi Admin { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        if (Model is { } model)
        {
            (_name, _cache, _chooses) = (model.Name, model.Cache, model.Auto is not null);
            (_small, _large, _threshold) = (model.Auto?.Small ?? "", model.Auto?.Large ?? "", model.Auto?.Threshold ?? UsualThreshold);
            _chain = new TargetChain(model.Targets.Select(TargetDraft.Of));
        }
        else if (Engines.Count > 0)
        {
            _chain.Add(Engines[0].Name);
        }
    }

    // As far as its kind and address tell: the Api has to be told (Models:OutsideModels).
    private bool MayLeave => _chain.Targets.Any(target => Engines.Any(engine => engine.Name == target.Engine
        && (engine.Kind is "AzureOpenAI" or "Anthropic" || (engine.Kind == "OpenAI" && engine.Address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))));

    private string Id(string field) => $"model-{(Model is null ? "new" : Models.ToList().IndexOf(Model))}-{field}";

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        if (!_chooses && _chain.Targets.Count == 0)
        {
            _error = "Add a target: without one nobody can answer.";
            return;
        }

        (_busy, _error) = (true, null);
        try
        {
            await Admin.PutModelAsync(_name.Trim(), Change(), CancellationToken.None);
            await OnSaved.InvokeAsync();
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

    private ModelChange Change() => _chooses
        ? new ModelChange(Cache: false, new ModelAuto(_small.Trim(), _large.Trim(), _threshold), [])
        : new ModelChange(_cache, null, [.. _chain.Targets.Select(static target => target.ToTarget())]);
}
