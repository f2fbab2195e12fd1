using ChatApp.Tests.Inference;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.StandIns;

/// <summary>How the data clients find their servers, and what they report of them.</summary>
public sealed class DataClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void AddNpgsqlDataSource_ConnectionString_WinsOverSettingsAndTheDelegateOverBoth()
    {
        var settings = new (string, string)[]
        {
            ("Aspire:Npgsql:ConnectionString", "Host=section"),
            ("Aspire:Npgsql:db:ConnectionString", "Host=named"),
        };

        Assert.Equal("section", HostOf(Create(builder => builder.AddNpgsqlDataSource("other"), settings)));
        Assert.Equal("named", HostOf(Create(builder => builder.AddNpgsqlDataSource("db"), settings)));
        Assert.Equal("connection", HostOf(Create(builder => builder.AddNpgsqlDataSource("db"), [.. settings, ("ConnectionStrings:db", "Host=connection")])));
        Assert.Equal("delegate", HostOf(Create(
            builder => builder.AddNpgsqlDataSource("db", npgsql => npgsql.ConnectionString = "Host=delegate"),
            [.. settings, ("ConnectionStrings:db", "Host=connection")])));
    }

    [Fact]
    public void AddNpgsqlDataSource_NoConnectionString_ThrowsWhenAskedForAndNamesTheKey()
    {
        using var host = Create(builder => builder.AddNpgsqlDataSource("chatdb"));

        var exception = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<NpgsqlDataSource>);

        Assert.Contains("ConnectionStrings:chatdb", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddNpgsqlDataSource_IsOneForEveryone()
    {
        using var host = Create(builder => builder.AddNpgsqlDataSource("db", configureDataSourceBuilder: b => b.ConnectionStringBuilder.ApplicationName = "chat"), ("ConnectionStrings:db", "Host=h"));

        var dataSource = host.Services.GetRequiredService<NpgsqlDataSource>();

        Assert.Same(dataSource, host.Services.GetRequiredService<NpgsqlDataSource>());
        Assert.Equal("chat", new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).ApplicationName);
    }

    [Fact]
    public void AddRedisClient_NoConnectionString_ThrowsWhenAskedForAndNamesTheKey()
    {
        using var host = Create(builder => builder.AddRedisClient("redis"));

        var exception = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<IConnectionMultiplexer>);

        Assert.Contains("ConnectionStrings:redis", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddRedisClient_ServerAway_GivesAClientThatKeepsTrying()
    {
        var address = GatewayHost.DeadAddress();
        using var host = Create(
            builder => builder.AddRedisClient("redis", configureOptions: options => options.ConnectTimeout = 200),
            ("ConnectionStrings:redis", $"{address.Host}:{address.Port}"));

        var redis = host.Services.GetRequiredService<IConnectionMultiplexer>();

        Assert.False(redis.IsConnected);
        Assert.Same(redis, host.Services.GetRequiredService<IConnectionMultiplexer>());
    }

    [Fact]
    public async Task HealthChecks_ServersAway_AreUnhealthyUnderTheirNames()
    {
        var address = GatewayHost.DeadAddress();
        using var host = Create(
            builder =>
            {
                builder.AddNpgsqlDataSource("db");
                builder.AddNpgsqlDataSource("db");
                builder.AddRedisClient("redis", configureOptions: options => options.ConnectTimeout = 200);
            },
            ("ConnectionStrings:db", $"Host={address.Host};Port={address.Port};Timeout=2"),
            ("ConnectionStrings:redis", $"{address.Host}:{address.Port}"));

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);

        Assert.Equal(["PostgreSql", "StackExchange.Redis"], report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.All(report.Entries.Values, entry => Assert.Equal(HealthStatus.Unhealthy, entry.Status));
    }

    private static string? HostOf(IHost host)
    {
        using (host)
        {
            return new NpgsqlConnectionStringBuilder(host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString).Host;
        }
    }

    private static IHost Create(Action<HostApplicationBuilder> add, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        add(builder);
        return builder.Build();
    }
}
