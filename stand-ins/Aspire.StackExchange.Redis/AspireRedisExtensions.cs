using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

public static class AspireRedisExtensions
{
    private const string DefaultConfigSectionName = "Aspire:StackExchange:Redis";
    private const string HealthCheckName = "StackExchange.Redis";

    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);

        var section = builder.Configuration.GetSection(DefaultConfigSectionName);
        var settings = new StackExchangeRedisSettings();
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        if (builder.Configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => Connect(section, settings, connectionName, configureOptions));
        if (!settings.DisableAutoActivation)
        {
            builder.Services.AddHostedService<RedisActivation>();
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(static tracing =>
                tracing.AddSource("OpenTelemetry.Instrumentation.StackExchangeRedis"));
        }

        if (!settings.DisableHealthChecks && builder.Properties.TryAdd("Aspire.HealthChecks." + HealthCheckName, true))
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                HealthCheckName,
                services => new RedisHealthCheck(services.GetRequiredService<IConnectionMultiplexer>),
                failureStatus: null,
                tags: null));
        }
    }

    private static ConnectionMultiplexer Connect(
        IConfigurationSection section,
        StackExchangeRedisSettings settings,
        string connectionName,
        Action<ConfigurationOptions>? configureOptions)
    {
        var options = settings.ConnectionString is { } connectionString
            ? ConfigurationOptions.Parse(connectionString)
            : new ConfigurationOptions();

        // The client keeps trying in the background rather than failing the host whose Redis starts a moment later;
        // a connection string that says otherwise still wins.
        if (settings.ConnectionString?.Contains("abortConnect", StringComparison.OrdinalIgnoreCase) is not true)
        {
            options.AbortOnConnectFail = false;
        }

        section.GetSection("ConfigurationOptions").Bind(options);
        section.GetSection(connectionName + ":ConfigurationOptions").Bind(options);
        configureOptions?.Invoke(options);

        if (options.EndPoints.Count == 0)
        {
            throw new InvalidOperationException(
                $"There is no Redis endpoint. Set 'ConnectionStrings:{connectionName}' or '{DefaultConfigSectionName}:ConnectionString'.");
        }

        return ConnectionMultiplexer.Connect(options);
    }
}
