namespace ChatApp.Api.Gateway.Contracts;

/// <summary>An engine or provider, and how it is at the moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is: LlamaCpp, Ollama, OpenAI, AzureOpenAI or Anthropic.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Source">configuration or stored; only stored ones can be changed here.</param>
/// <param name="KeyName">The name of its key in the gateway's configuration.</param>
/// <param name="HasKey">Whether it has one.</param>
/// <param name="Concurrency">How many calls it was given to answer at once.</param>
/// <param name="ApiVersion">The version of its API.</param>
/// <param name="Slots">How many calls it answers at once.</param>
/// <param name="Condition">ready, loading, down or resting.</param>
/// <param name="Message">What is the matter, and what would help.</param>
/// <param name="InFlight">Calls that it answers.</param>
/// <param name="Queued">Calls that wait for it.</param>
/// <param name="TokensInFlight">Tokens that these calls are expected to take.</param>
/// <param name="ManagesModels">Whether models can be pulled to it and deleted from it.</param>
/// <param name="Outside">Whether what it is sent leaves the operator's own machines: memories that stay inside never get there.</param>
public sealed record GatewayEngine(
    string Name,
    string Kind,
    string Address,
    string Source,
    string? KeyName,
    bool HasKey,
    int? Concurrency,
    string? ApiVersion,
    int? Slots,
    string Condition,
    string? Message,
    int InFlight,
    int Queued,
    long TokensInFlight,
    bool ManagesModels,
    bool Outside);
