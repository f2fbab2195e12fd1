using System.Globalization;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a server listens on, e.g. <c>http://localhost:5080</c>, <c>http://*:80</c>.</summary>
internal sealed partial record BindingAddress(string Scheme, string Host, int? Port)
{
    public bool IsLoopback => Host is "localhost" or "127.0.0.1" or "[::1]" || Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    public static BindingAddress Parse(string url)
    {
        var match = Address().Match(url);
        return match.Success
            ? new BindingAddress(
                match.Groups["scheme"].Value.ToLowerInvariant(),
                match.Groups["host"].Value,
                match.Groups["port"] is { Success: true } port ? int.Parse(port.Value, CultureInfo.InvariantCulture) : null)
            : throw new FormatException($"Invalid url: '{url}'");
    }

    [GeneratedRegex(@"^(?<scheme>[A-Za-z]+)://(?<host>\[[^\]]+\]|[^:/]+)(:(?<port>\d+))?(/.*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
