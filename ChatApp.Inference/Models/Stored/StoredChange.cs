using ChatApp.Inference.Engines;
using ChatApp.Inference.Models.Configuration;

namespace ChatApp.Inference.Models.Stored;

/// <summary>A change that an admin makes.</summary>
internal abstract record StoredChange
{
    private StoredChange()
    {
    }

    /// <summary>Makes or replaces an engine.</summary>
    public sealed record PutEngine(EngineOptions Engine) : StoredChange;

    /// <summary>Removes an engine.</summary>
    public sealed record DeleteEngine(string Name) : StoredChange;

    /// <summary>Makes or replaces a model.</summary>
    public sealed record PutModel(ModelOptions Model) : StoredChange;

    /// <summary>Removes a model.</summary>
    public sealed record DeleteModel(string Name) : StoredChange;
}
