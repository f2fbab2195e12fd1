namespace ChatApp.Web.Api;

/// <summary>A model that people can pick, and the chain of targets that serve it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">configuration or stored.</param>
/// <param name="Cache">Answers to deterministic calls are kept and given again.</param>
/// <param name="Auto">For a virtual model: how it chooses.</param>
/// <param name="Targets">The chain.</param>
public sealed record Model(string Name, string Source, bool Cache, ModelAuto? Auto, ModelTarget[] Targets)
{
    /// <summary>Administrators added it, or changed it.</summary>
    public bool IsStored => Source == "stored";
}

/// <summary>How a virtual model chooses between two.</summary>
/// <param name="Small">The model for easy questions.</param>
/// <param name="Large">The model for hard ones.</param>
/// <param name="Threshold">The complexity, 0 to 1, from which the large one is asked.</param>
public sealed record ModelAuto(string Small, string Large, double Threshold);

/// <summary>One place where a model is served.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="Model">What the engine calls the model; null for the same name.</param>
/// <param name="Priority">The step of the chain, from 0.</param>
/// <param name="InputPrice">The price of a million tokens of the prompt.</param>
/// <param name="CachedInputPrice">The price of a million of those that the provider had in its cache.</param>
/// <param name="OutputPrice">The price of a million tokens of the answer.</param>
/// <param name="ContextTokens">Tokens that prompt and answer may have together.</param>
/// <param name="Capabilities">What it can do; null for everything.</param>
public sealed record ModelTarget(
    string Engine,
    string? Model,
    int Priority,
    decimal? InputPrice,
    decimal? CachedInputPrice,
    decimal? OutputPrice,
    int? ContextTokens,
    string[]? Capabilities);

/// <summary>The body that adds or replaces a model.</summary>
internal sealed record ModelChange(bool Cache, ModelAuto? Auto, IReadOnlyList<ModelTarget> Targets);
