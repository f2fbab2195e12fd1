using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Memory.Facts;

/// <summary>Section <c>Memory:Facts</c>: whether a model draws facts from what people say, beside the words themselves.</summary>
internal sealed class FactOptions
{
    public const string Section = "Memory:Facts";

    /// <summary>Whether it does. It costs a call of the model for every turn, made in the background.</summary>
    /// <value>Defaults to false.</value>
    public bool Enabled { get; set; }

    /// <summary>The model that does it; null for each character's own.</summary>
    public string? Model { get; set; }

    /// <summary>Facts of one turn, at most.</summary>
    /// <value>Defaults to 8.</value>
    [Range(1, 8)]
    public int MaxFacts { get; set; } = 8;

    /// <summary>Tokens that the model may write about one turn.</summary>
    /// <value>Defaults to 300.</value>
    [Range(20, 2000)]
    public int MaxTokens { get; set; } = 300;
}
