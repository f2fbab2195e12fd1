namespace ChatApp.Web.Api;

/// <summary>Addresses with parameters.</summary>
internal static class Queries
{
    /// <summary>The path with those parameters that have a value.</summary>
    public static string Add(string path, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var given = parameters
            .Where(static parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(static parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}");
        var query = string.Join('&', given);
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}
