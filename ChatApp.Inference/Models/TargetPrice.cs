namespace ChatApp.Inference.Models;

/// <summary>A price in the operator's currency for a million tokens.</summary>
/// <param name="Input">Of the prompt.</param>
/// <param name="CachedInput">Of that part of the prompt which the provider had in its cache.</param>
/// <param name="Output">Of the answer.</param>
internal sealed record TargetPrice(decimal Input, decimal CachedInput, decimal Output);
