namespace ChatApp.Web.Api;

/// <summary>A list that comes whole.</summary>
internal sealed record ItemList<T>(List<T> Items);

/// <summary>An engine or provider, and how it is at the moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">LlamaCpp, Ollama, OpenAI, AzureOpenAI or Anthropic.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Source">configuration or stored.</param>
/// <param name="KeyName">The name of its key in the gateway's configuration.</param>
/// <param name="HasKey">It has one.</param>
/// <param name="Concurrency">How many calls it was given to answer at once.</param>
/// <param name="ApiVersion">The version of its API.</param>
/// <param name="Slots">How many calls it answers at once.</param>
/// <param name="Condition">ready, loading, down or resting.</param>
/// <param name="Message">What is the matter, and what would help.</param>
/// <param name="InFlight">Calls that it answers.</param>
/// <param name="Queued">Calls that wait for it.</param>
/// <param name="TokensInFlight">Tokens that these are expected to take.</param>
/// <param name="ManagesModels">Models can be pulled to it and deleted from it.</param>
/// <param name="Outside">What it is sent leaves the operator's own machines: memories that stay inside never get there.</param>
public sealed record Engine(
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
    bool Outside)
{
    /// <summary>Administrators added it, and can change it.</summary>
    public bool IsStored => Source == "stored";
}

/// <summary>The body that adds or changes an engine.</summary>
internal sealed record EngineChange(string Kind, string Address, string? KeyName, int? Concurrency, string? ApiVersion);

/// <summary>A model that an engine has on its disk.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ParameterSize">How many parameters it has.</param>
/// <param name="Quantization">How they are stored.</param>
/// <param name="Loaded">It is in memory.</param>
public sealed record LocalModel(string Name, long Bytes, string? ParameterSize, string? Quantization, bool Loaded);

/// <summary>The body that starts a pull.</summary>
internal sealed record PullRequest(string Model);

/// <summary>A model on its way to an engine.</summary>
/// <param name="Id">The pull's id.</param>
/// <param name="Engine">Where to.</param>
/// <param name="Model">What.</param>
/// <param name="Status">pulling, succeeded, failed or cancelled.</param>
/// <param name="Detail">What is being done.</param>
/// <param name="Completed">Bytes that are there.</param>
/// <param name="Total">Bytes that there will be; null or 0 while it is not known.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Error">Why it failed.</param>
public sealed record Pull(
    string Id, string Engine, string Model, string Status, string? Detail, long? Completed, long? Total, DateTimeOffset StartedAt, string? Error)
{
    /// <summary>It has not ended.</summary>
    public bool IsRunning => Status == "pulling";
}
