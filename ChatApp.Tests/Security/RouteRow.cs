namespace ChatApp.Tests.Security;

/// <summary>What must hold for one route.</summary>
/// <param name="Access">Who may call it.</param>
/// <param name="Body">A body that is fine, as JSON; null for none.</param>
internal sealed record RouteRow(RouteAccess Access, string? Body = null)
{
    /// <summary>What the route's parameters are ids of, by their names in the pattern; see <see cref="Estate"/>.</summary>
    public IReadOnlyDictionary<string, string> Ids { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the thing belongs to one person, so that for every other one it does not exist.</summary>
    public bool IsOwned { get; init; }

    /// <summary>Whether a request with a key of the right scope is taken.</summary>
    public bool TakesKeys { get; init; } = true;

    /// <summary>What stands behind the path, with its question mark.</summary>
    public string Query { get; init; } = "";
}
