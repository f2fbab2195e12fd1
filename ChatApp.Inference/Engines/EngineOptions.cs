using ChatApp.ServiceDefaults.Http;

namespace ChatApp.Inference.Engines;

/// <summary>One engine: the section <c>Engines:N</c>.</summary>
public sealed class EngineOptions
{
    /// <summary>What it is called in messages and metrics; unique, at most 60 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What it is.</summary>
    /// <value><see cref="EngineKind.LlamaCpp"/>.</value>
    public EngineKind Kind { get; set; }

    /// <summary>Where it is, without <c>/v1</c>: <c>http://127.0.0.1:8080</c>.</summary>
    public string Address { get; set; } = string.Empty;

    /// <summary>The key that it asks for, if any. A caller's key never reaches it.</summary>
    public string? Key { get; set; }

    /// <summary>The name of the model that it serves; several engines may serve one. Short for a target of that model (<c>Gateway:Models</c>), and empty where those say it.</summary>
    public string Model { get; set; } = string.Empty;

    /// <summary>How many calls it answers at once; more wait in the gateway.</summary>
    /// <value>Null: what the engine tells (llama-server's slots), else a number usual for its kind.</value>
    public int? Concurrency { get; set; }

    /// <summary>The version of the API to ask for, where the kind has versions: Azure OpenAI's <c>api-version</c>, Anthropic's <c>anthropic-version</c>.</summary>
    /// <value>Null: the one that the gateway was written for.</value>
    public string? ApiVersion { get; set; }

    /// <summary>Whether what it is sent leaves the operator's own machines; calls that must stay inside pass it over.</summary>
    /// <value>Null: what the address says, which is false for this machine and private networks.</value>
    public bool? Outside { get; set; }

    /// <summary>Whether calls that must stay inside may not go there.</summary>
    internal bool IsOutside => Outside ?? (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || OutsideAddress.Is(address));

    /// <summary>For an engine that an admin made: the name of its key in <c>Gateway:EngineKeys</c>, from which <see cref="Key"/> came.</summary>
    internal string? KeyName { get; set; }

    /// <summary>Whether an admin made it, rather than the configuration.</summary>
    internal bool IsStored { get; set; }
}
