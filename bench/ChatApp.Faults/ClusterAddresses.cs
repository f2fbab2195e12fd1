using System.Globalization;
using Npgsql;

namespace ChatApp.Faults;

/// <summary>Where the servers of a cluster are, and their secrets, which are good for nothing else.</summary>
internal sealed record ClusterAddresses(int PostgresPort, int RedisPort, int EnginePort, int GatewayPort)
{
    public const string Password = "only-for-this-run";
    public const string Key = "a-key-only-for-this-run";

    public Uri Engine => Http(EnginePort);

    public Uri Gateway => Http(GatewayPort);

    public static Uri Http(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    /// <param name="port">The server's own, or that of a proxy before it.</param>
    /// <param name="poolSize">All processes share the server's 100 connections.</param>
    public static string Database(int port, int poolSize = 12) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "chatapp",
        Password = Password,
        Database = "chatdb",
        MaxPoolSize = poolSize,
    }.ConnectionString;

    public static string RedisAt(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port},password={Password}");

    /// <summary>What a process of the Api needs to run.</summary>
    public Dictionary<string, string> ForApi(string role, Uri? address) => new()
    {
        ["ASPNETCORE_URLS"] = (address ?? Http(0)).GetLeftPart(UriPartial.Authority),
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ChatApp__Role"] = role,
        ["ConnectionStrings__chatdb"] = Database(PostgresPort),
        ["ConnectionStrings__redis"] = RedisAt(RedisPort),
        ["services__inference__http__0"] = Gateway.GetLeftPart(UriPartial.Authority),
        ["Inference__Key"] = Key,
        ["Auth__Secret"] = "a-secret-only-for-this-run-of-32-characters-and-more",
        ["Auth__AttemptsPerMinute"] = "100000",
        ["Limits__RequestsPerMinute"] = "0",
        ["Limits__AnonymousRequestsPerMinute"] = "0",
        ["Limits__PrivateRequestsPerMinute"] = "0",
        // Its clients keep the token that signing up gave them.
        ["Auth__TokenLifetime"] = "1.00:00:00",
        ["Models__Default"] = "simulated",
        ["Models__Prefills"] = "true",
    };

    public Dictionary<string, string> ForGateway() => new()
    {
        ["ASPNETCORE_URLS"] = Gateway.GetLeftPart(UriPartial.Authority),
        ["DOTNET_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Gateway__Key"] = Key,
        ["Engines__0__Name"] = "simulator",
        ["Engines__0__Kind"] = "LlamaCpp",
        ["Engines__0__Address"] = Engine.GetLeftPart(UriPartial.Authority),
        ["Engines__0__Model"] = "simulated",

        // A simulator has no slots that calls would have to wait for.
        ["Engines__0__Concurrency"] = "4096",
    };
}
