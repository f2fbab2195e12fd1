using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Models.Stored;

/// <summary>How a change went.</summary>
/// <param name="Stored">What is kept now.</param>
/// <param name="Refusal">Why it was not made; null when it was.</param>
internal sealed record StoredOutcome(StoredModels Stored, GatewayError? Refusal);
