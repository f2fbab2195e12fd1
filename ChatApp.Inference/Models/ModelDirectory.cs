using ChatApp.Inference.Models.Stored;

namespace ChatApp.Inference.Models;

/// <summary>Which engines there are, and which models they serve, at the moment.</summary>
internal sealed partial class ModelDirectory
{
    private readonly ModelMerge _merge;
    private readonly ILogger<ModelDirectory> _logger;
    private readonly Lock _setting = new();
    private ModelSnapshot _current;

    public ModelDirectory(ModelMerge merge, ILogger<ModelDirectory> logger)
    {
        _merge = merge;
        _logger = logger;
        // What the configuration says is enough to begin with; what is stored comes when it was read.
        _current = Merge(StoredModels.None);
    }

    /// <summary>What holds now. A call takes it once, so that it sees one state throughout.</summary>
    public ModelSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Told after every change.</summary>
    public event EventHandler? Changed;

    /// <summary>Replaces the state.</summary>
    public void Set(ModelSnapshot snapshot)
    {
        lock (_setting)
        {
            Volatile.Write(ref _current, snapshot);
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Takes over what admins stored, unless something newer is there already.</summary>
    public void Apply(StoredModels stored)
    {
        lock (_setting)
        {
            if (stored.Version > Current.Version)
            {
                Set(Merge(stored));
            }
        }
    }

    private ModelSnapshot Merge(StoredModels stored)
    {
        var leftOut = new List<string>();
        var snapshot = _merge.Merge(stored, leftOut);
        foreach (var what in leftOut)
        {
            LogLeftOut(what);
        }

        return snapshot;
    }

    [LoggerMessage(LogLevel.Warning, "Left out of the models: {What}")]
    private partial void LogLeftOut(string what);
}
