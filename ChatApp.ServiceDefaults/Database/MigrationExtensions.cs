using Microsoft.Extensions.DependencyInjection;

namespace ChatApp.ServiceDefaults.Database;

/// <summary>Registers a service's migrations.</summary>
public static class MigrationExtensions
{
    /// <summary>
    /// Applies the migrations in the background while the host starts. What needs the tables waits for <see cref="DatabaseReadiness"/>.
    /// One that fails for another reason than a database that is away ends the host, if the service cannot do without.
    /// </summary>
    public static IServiceCollection AddMigrations(this IServiceCollection services, MigrationSet set)
    {
        services.AddSingleton(set);
        services.AddSingleton<DatabaseReadiness>();
        services.AddSingleton<MigrationRunner>();
        services.AddHostedService<MigrationService>();
        return services;
    }
}
