using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Conversations.Summaries;

/// <summary>Section <c>Summaries</c>: the older parts of long conversations in a few sentences, for prompts that have no room for them.</summary>
internal sealed class SummaryOptions
{
    public const string Section = "Summaries";

    /// <summary>Whether they are written, for models whose profile does not say that they write bad ones.</summary>
    /// <value>Defaults to true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The model that writes them; null for each character's own.</summary>
    public string? Model { get; set; }

    /// <summary>Tokens of a summary, at most.</summary>
    /// <value>Defaults to 400.</value>
    [Range(50, 4000)]
    public int MaxTokens { get; set; } = 400;

    /// <summary>Characters of the conversation that one call reads; a longer part takes several.</summary>
    /// <value>Defaults to 12,000.</value>
    [Range(1000, 1_000_000)]
    public int MaxInputCharacters { get; set; } = 12_000;
}
