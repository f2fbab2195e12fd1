namespace ChatApp.AppHost.Gateway;

/// <summary>A model with the chain of targets that serve it: the section <c>ChatApp:Models:N</c>.</summary>
internal sealed class ModelEntry
{
    /// <summary>What people and characters call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whether answers to deterministic calls may be kept and given again.</summary>
    public bool Cache { get; set; }

    /// <summary>The chain. An engine whose <c>Model</c> has this name belongs to it anyway.</summary>
    public List<TargetEntry> Targets { get; set; } = [];

    /// <summary>For a virtual model: which other one a question goes to.</summary>
    public AutoEntry? Auto { get; set; }
}
