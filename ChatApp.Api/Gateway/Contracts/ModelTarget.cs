using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Limits.Surface;

namespace ChatApp.Api.Gateway.Contracts;

/// <summary>One place where a model is served.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="Model">What the engine calls the model; null for the same name.</param>
/// <param name="Priority">The step of the chain; 0 is tried first, and targets of one step share the load.</param>
/// <param name="InputPrice">The price of a million tokens of the prompt.</param>
/// <param name="CachedInputPrice">The price of a million of those that the provider had in its cache.</param>
/// <param name="OutputPrice">The price of a million tokens of the answer.</param>
/// <param name="ContextTokens">Tokens that prompt and answer may have together.</param>
/// <param name="Capabilities">What it can do: chat, completion, embedding, tools, images; null for everything.</param>
public sealed record ModelTarget(
    [Required(ErrorMessage = "Name the target's engine."), StringLength(60)] string Engine,
    [StringLength(256, ErrorMessage = "A model's name has 256 characters at most.")] string? Model = null,
    [Range(0, 100, ErrorMessage = "A priority is between 0 and 100.")] int Priority = 0,
    [Range(0, 1_000_000, ErrorMessage = "A price is between 0 and 1,000,000.")] decimal? InputPrice = null,
    [Range(0, 1_000_000, ErrorMessage = "A price is between 0 and 1,000,000.")] decimal? CachedInputPrice = null,
    [Range(0, 1_000_000, ErrorMessage = "A price is between 0 and 1,000,000.")] decimal? OutputPrice = null,
    [Range(1, 100_000_000, ErrorMessage = "A context has 1 to 100,000,000 tokens.")] int? ContextTokens = null,
    [MaxLength(8, ErrorMessage = "A target has 8 capabilities at most."), EachLength(40, ErrorMessage = "A capability has 40 characters at most.")] IReadOnlyList<string>? Capabilities = null);
