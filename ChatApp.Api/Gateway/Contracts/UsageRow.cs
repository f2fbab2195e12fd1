namespace ChatApp.Api.Gateway.Contracts;

/// <summary>What was used, by as much of day, model, engine and caller as was asked for.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Model">The model.</param>
/// <param name="Engine">The engine that answered.</param>
/// <param name="Caller">On whose behalf: an account's id, or one of the background's names.</param>
/// <param name="Requests">Calls.</param>
/// <param name="Failed">Calls that got no answer.</param>
/// <param name="Cached">Calls that were answered from the gateway's cache.</param>
/// <param name="InputTokens">Tokens of prompts.</param>
/// <param name="CachedInputTokens">Of these, what engines had in their caches.</param>
/// <param name="OutputTokens">Tokens of answers.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Currency">In which currency.</param>
public sealed record UsageRow(
    string? Day,
    string? Model,
    string? Engine,
    string? Caller,
    long Requests,
    long Failed,
    long Cached,
    long InputTokens,
    long CachedInputTokens,
    long OutputTokens,
    decimal Cost,
    string? Currency)
{
    /// <summary>The name of the account that the caller is, if it is one.</summary>
    public string? CallerName { get; init; }
}
