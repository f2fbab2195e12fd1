namespace ChatApp.Inference.Models.Configuration;

/// <summary>One target of a model: the section <c>Gateway:Models:N:Targets:M</c>. Prices are for a million tokens, in the operator's currency.</summary>
public sealed class TargetOptions
{
    /// <summary>The engine's name.</summary>
    public string Engine { get; set; } = string.Empty;

    /// <summary>What the model is called there.</summary>
    /// <value>Null: as here.</value>
    public string? Model { get; set; }

    /// <summary>The step of the chain, 0 to 99: 0 is tried first, and targets of the same step share the load.</summary>
    public int Priority { get; set; }

    /// <summary>Of the prompt.</summary>
    /// <value>Null: free.</value>
    public decimal? InputPrice { get; set; }

    /// <summary>Of that part of the prompt which the provider had in its cache.</summary>
    /// <value>Null: as the rest of the prompt.</value>
    public decimal? CachedInputPrice { get; set; }

    /// <summary>Of the answer.</summary>
    /// <value>Null: free.</value>
    public decimal? OutputPrice { get; set; }

    /// <summary>Tokens that prompt and answer may have together.</summary>
    /// <value>Null: not known.</value>
    public int? ContextTokens { get; set; }

    /// <summary>What it can do there: <c>Chat, Tools</c>.</summary>
    /// <value><see cref="ModelCapabilities.Any"/>.</value>
    public ModelCapabilities Capabilities { get; set; } = ModelCapabilities.Any;
}
