namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>Adds up what an engine tells of each layer. A layer that begins again does not take back what was there.</summary>
internal sealed class PullLayers
{
    // A model has a handful; an engine that makes up more is not followed.
    private const int MaximumLayers = 1000;

    private readonly Dictionary<string, (long Completed, long Total)> _layers = new(StringComparer.Ordinal);

    /// <summary>Bytes that are there.</summary>
    public long Completed { get; private set; }

    /// <summary>Bytes of the layers that were told of.</summary>
    public long Total { get; private set; }

    /// <summary>Takes what the engine told of a layer.</summary>
    public void Tell(string? digest, long completed, long total)
    {
        if (string.IsNullOrEmpty(digest) || total <= 0 || (_layers.Count >= MaximumLayers && !_layers.ContainsKey(digest)))
        {
            return;
        }

        var before = _layers.GetValueOrDefault(digest);
        var now = (Completed: Math.Max(before.Completed, Math.Clamp(completed, 0, total)), Total: Math.Max(before.Total, total));
        _layers[digest] = now;
        Completed += now.Completed - before.Completed;
        Total += now.Total - before.Total;
    }
}
