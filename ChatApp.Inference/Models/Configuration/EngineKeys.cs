namespace ChatApp.Inference.Models.Configuration;

/// <summary>
/// The keys that engines made by admins may use, by name: <c>Gateway:EngineKeys:&lt;name&gt;</c>. A key that has
/// <c>Gateway:EngineKeyHosts:&lt;name&gt;</c> is sent to that host only, so that nobody can have it sent to one of theirs.
/// </summary>
internal sealed class EngineKeys(IConfiguration configuration)
{
    private const string Section = "Gateway:EngineKeys";
    private const string HostSection = "Gateway:EngineKeyHosts";

    /// <summary>The key; null when there is none of that name.</summary>
    public string? Find(string name) => configuration.GetSection(Section)[name] is { Length: > 0 } key ? key : null;

    /// <summary>Whether the key may be sent to the address.</summary>
    public bool IsFor(string name, Uri address) =>
        configuration.GetSection(HostSection)[name] is not { Length: > 0 } host || string.Equals(host, address.IdnHost, StringComparison.OrdinalIgnoreCase);
}
