using System.Collections.Immutable;

namespace ChatApp.Inference.Models;

/// <summary>A model that people pick: a name, and the chain of targets that serve it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Targets">The chain, by priority. Empty for a virtual model.</param>
internal sealed record ModelRoute(string Name, ImmutableArray<ModelTarget> Targets)
{
    /// <summary>Whether answers to deterministic calls may be kept and given again.</summary>
    public bool IsCached { get; init; }

    /// <summary>For a virtual model: which one a question goes to.</summary>
    public AutoRoute? Auto { get; init; }

    /// <summary>Whether an admin made it, rather than the configuration.</summary>
    public bool IsStored { get; init; }
}
