namespace ChatApp.AppHost.Gateway;

/// <summary>Another engine or provider behind the gateway: the section <c>ChatApp:Engines:N</c>.</summary>
internal sealed class EngineEntry
{
    /// <summary>What models, messages and metrics call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it is.</summary>
    /// <value><see cref="EngineDialect.OpenAI"/>, which vLLM and most others speak too.</value>
    public EngineDialect Kind { get; set; } = EngineDialect.OpenAI;

    /// <summary>Where it is, with or without <c>/v1</c>.</summary>
    public Uri? Address { get; set; }

    /// <summary>The key that it asks for. Published, it is a secret of the platform.</summary>
    public string? Key { get; set; }

    /// <summary>How many calls it answers at once.</summary>
    /// <value>Null: what it tells, else what is usual for its kind.</value>
    public int? Concurrency { get; set; }

    /// <summary>The version of its API, where the kind has versions.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>The model that it serves by that very name; null when only <c>ChatApp:Models</c> says what it serves.</summary>
    public string? Model { get; set; }

    /// <summary>Whether what is sent to it leaves the operator's machines.</summary>
    /// <value>Null: what its address says.</value>
    public bool? Outside { get; set; }
}
