namespace ChatApp.Api.Models;

/// <summary>Section <c>Models:Profiles:&lt;name&gt;</c>. What is left out keeps the default.</summary>
internal sealed class ModelProfileOptions
{
    /// <summary>Tokens of the conversation that the model is shown, at most.</summary>
    public int? HistoryTokens { get; set; }

    /// <summary>Characters a token, for the estimate of what fits.</summary>
    public double? CharactersPerToken { get; set; }

    /// <summary>Tokens of an answer, at most.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>A temperature that goes before the characters' own.</summary>
    public float? Temperature { get; set; }

    /// <summary>Which system prompt it gets: the name of a file in <c>Prompting/Templates</c>, without its ending.</summary>
    public string? Template { get; set; }

    /// <summary>Whether its engine goes on from a last message of the assistant.</summary>
    public bool? Prefills { get; set; }
}
