using System.Data.Common;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>Where Qdrant's REST API is.</summary>
/// <param name="Endpoint">Its base address.</param>
/// <param name="Key">The key that it asks for; null for none.</param>
internal sealed record QdrantAddress(Uri Endpoint, string? Key)
{
    private const string Grpc = "qdrant";
    private const string Rest = "qdrant_http";
    private const int GrpcPort = 6334;

    /// <summary>What the connection strings say; null when there are none.</summary>
    /// <exception cref="InvalidOperationException">They name no address that speaks REST.</exception>
    public static QdrantAddress? From(IConfiguration configuration)
    {
        var name = string.IsNullOrWhiteSpace(configuration.GetConnectionString(Rest)) ? Grpc : Rest;
        var text = configuration.GetConnectionString(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var (endpoint, key) = Parse(text);
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException(
                $"'ConnectionStrings:{name}' names no address. Give the one of Qdrant's REST API: 'Endpoint=http://host:6333;Key=…'.");
        }

        if (uri.Port == GrpcPort)
        {
            throw new InvalidOperationException(
                $"'ConnectionStrings:{name}' names port {GrpcPort}, where Qdrant speaks gRPC. This service uses its REST API: "
                + $"set 'ConnectionStrings:{Rest}' to 'Endpoint=http://{uri.Host}:6333;Key=…'.");
        }

        return new QdrantAddress(new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), string.IsNullOrEmpty(key) ? null : key);
    }

    private static (string? Endpoint, string? Key) Parse(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal))
        {
            return (text.Trim(), null);
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return (parts.TryGetValue("Endpoint", out var endpoint) ? (string)endpoint : null, parts.TryGetValue("Key", out var key) ? (string)key : null);
        }
        catch (ArgumentException)
        {
            return (null, null);
        }
    }
}
