namespace ChatApp.Inference.Models.Configuration;

/// <summary>One model: the section <c>Gateway:Models:N</c>, or what an admin wrote.</summary>
public sealed class ModelOptions
{
    /// <summary>The name that people pick; unique, 1 to 200 characters. It may contain <c>:</c> and <c>/</c>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Whether answers to deterministic calls may be kept and given again.</summary>
    public bool Cache { get; set; }

    /// <summary>Where it is served, 1 to 16; none for a virtual model.</summary>
    public List<TargetOptions> Targets { get; init; } = [];

    /// <summary>For a virtual model: the two that it stands for.</summary>
    public AutoOptions? Auto { get; set; }
}
