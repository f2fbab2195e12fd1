using System.ComponentModel.DataAnnotations;
using ChatApp.ServiceDefaults.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace ChatApp.Inference.Storage;

internal static class StorageExtensions
{
    /// <summary>The name of the connection string, as the AppHost gives it.</summary>
    public const string ConnectionName = "chatdb";

    private const long AdvisoryLock = 0x47_61_74_65_77_61_79; // "Gateway"

    /// <summary>Adds <see cref="GatewayStorage"/>, with a database if one is configured.</summary>
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section);
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(ConnectionName)))
        {
            builder.Services.AddSingleton(new GatewayStorage(null, null));
            return;
        }

        builder.AddNpgsqlDataSource(
            ConnectionName,
            // Postgres may be away without the gateway being ill.
            static settings => settings.DisableHealthChecks = true,
            source =>
            {
                source.ConnectionStringBuilder.SearchPath = options.Schema;
                source.ConnectionStringBuilder.MaxAutoPrepare = 0;
                source.ConnectionStringBuilder.Timeout = 5;
                source.ConnectionStringBuilder.CommandTimeout = 15;
                source.ConnectionStringBuilder.MaxPoolSize = Math.Min(source.ConnectionStringBuilder.MaxPoolSize, options.MaxConnections);
                source.ConnectionStringBuilder.ApplicationName ??= "chatapp-inference";
            });
        builder.Services.AddMigrations(new MigrationSet(AdvisoryLock, Migration.ReadEmbedded(typeof(StorageExtensions).Assembly))
        {
            Schema = options.Schema,
            IsRequired = false,
        });
        builder.Services.AddSingleton(static services =>
            new GatewayStorage(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<DatabaseReadiness>()));
        builder.Services.AddHealthChecks().AddCheck<DatabaseReadiness>("migrations", HealthStatus.Degraded);
    }
}
