using ChatApp.Web.Api;

namespace ChatApp.Web.Admin;

/// <summary>A target while it is edited.</summary>
public sealed class TargetDraft
{
    /// <summary>What a target can be said to do.</summary>
    internal static readonly string[] AllCapabilities = ["chat", "completion", "embedding", "tools", "images"];

    /// <summary>The engine's name.</summary>
    public string Engine { get; set; } = "";

    /// <summary>What the engine calls the model; empty for the same name.</summary>
    public string? Model { get; set; }

    /// <summary>The step of the chain, from 1.</summary>
    public int Step { get; set; } = 1;

    /// <summary>The price of a million tokens of the prompt.</summary>
    public decimal? InputPrice { get; set; }

    /// <summary>The price of a million of those that were cached.</summary>
    public decimal? CachedInputPrice { get; set; }

    /// <summary>The price of a million tokens of the answer.</summary>
    public decimal? OutputPrice { get; set; }

    /// <summary>Tokens that prompt and answer may have together.</summary>
    public int? ContextTokens { get; set; }

    /// <summary>What it can do.</summary>
    public HashSet<string> Capabilities { get; } = new(AllCapabilities, StringComparer.OrdinalIgnoreCase);

    internal static TargetDraft Of(ModelTarget target)
    {
        var draft = new TargetDraft
        {
            Engine = target.Engine,
            Model = target.Model,
            Step = target.Priority + 1,
            InputPrice = target.InputPrice,
            CachedInputPrice = target.CachedInputPrice,
            OutputPrice = target.OutputPrice,
            ContextTokens = target.ContextTokens,
        };
        if (target.Capabilities is { } can)
        {
            draft.Capabilities.IntersectWith(can);
        }

        return draft;
    }

    internal ModelTarget ToTarget() => new(
        Engine,
        string.IsNullOrWhiteSpace(Model) ? null : Model.Trim(),
        Step - 1,
        InputPrice,
        CachedInputPrice,
        OutputPrice,
        ContextTokens,
        Capabilities.Count == AllCapabilities.Length ? null : [.. AllCapabilities.Where(Capabilities.Contains)]);
}
