namespace ChatApp.AppHost.Gateway;

/// <summary>One place where a model is served: the section <c>ChatApp:Models:N:Targets:M</c>.</summary>
internal sealed class TargetEntry
{
    /// <summary>The engine's name: <c>default</c> is the one of <c>ChatApp:Engine</c>.</summary>
    public string Engine { get; set; } = "";

    /// <summary>What the engine calls the model.</summary>
    /// <value>Null: the same.</value>
    public string? Model { get; set; }

    /// <summary>The step of the chain; 0 is tried first.</summary>
    public int Priority { get; set; }

    /// <summary>The price of a million tokens of the prompt.</summary>
    public decimal? InputPrice { get; set; }

    /// <summary>The price of a million tokens of the prompt that the provider had in its cache.</summary>
    public decimal? CachedInputPrice { get; set; }

    /// <summary>The price of a million tokens of the answer.</summary>
    public decimal? OutputPrice { get; set; }

    /// <summary>Tokens that prompt and answer may have together.</summary>
    public int? ContextTokens { get; set; }

    /// <summary>What it can do, such as <c>Chat,Tools</c>.</summary>
    /// <value>Null: everything.</value>
    public string? Capabilities { get; set; }
}
