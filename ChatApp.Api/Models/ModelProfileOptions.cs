using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Models;

/// <summary>Section <c>Models:Profiles:&lt;name&gt;</c>. What is left out keeps the default.</summary>
internal sealed class ModelProfileOptions
{
    /// <summary>Tokens that the model reads and writes together, at most.</summary>
    [Range(256, 10_000_000)]
    public int? ContextTokens { get; set; }

    /// <summary>Tokens of the conversation that the model is shown, at most, instead of what its context has room for.</summary>
    public int? HistoryTokens { get; set; }

    /// <summary>Characters a token, for the estimate of what fits.</summary>
    public double? CharactersPerToken { get; set; }

    /// <summary>Tokens of an answer, at most.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>A temperature that goes before the characters' own.</summary>
    public float? Temperature { get; set; }

    /// <summary>Which system prompt it gets: the name of a file in <c>Prompting/Templates</c>, without its ending.</summary>
    public string? Template { get; set; }

    /// <summary>Where memories and snippets stand in its prompt.</summary>
    public PromptShape? Shape { get; set; }

    /// <summary>Whether its engine goes on from a last message of the assistant.</summary>
    public bool? Prefills { get; set; }

    /// <summary>Whether it is an outside provider's.</summary>
    public bool? Outside { get; set; }

    /// <summary>Whether its summaries of long conversations are of use.</summary>
    public bool? Summarizes { get; set; }
}
