using ChatApp.Api.Errors;
using Dapper;

namespace ChatApp.Api.Database;

internal static class DatabaseExtensions
{
    /// <summary>The name of the connection string, as the AppHost gives it.</summary>
    public const string ConnectionName = "chatdb";

    public static void AddDatabase(this IHostApplicationBuilder builder)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Dapper's own map would hand the driver a DateTimeOffset of any offset before asking the handler.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.AddTypeHandler(new DateTimeOffsetHandler());

        builder.AddNpgsqlDataSource(ConnectionName, configureDataSourceBuilder: static source =>
        {
            // Statements are not prepared by the driver: one that is refused while it prepares a batch leaves the connection
            // out of step, and the next request on it fails.
            source.ConnectionStringBuilder.MaxAutoPrepare = 0;
            // Several processes share one server, whose own default is 100 connections.
            source.ConnectionStringBuilder.MaxPoolSize = Math.Min(source.ConnectionStringBuilder.MaxPoolSize, 40);
            source.ConnectionStringBuilder.ApplicationName ??= "chatapp-api";
        });

        builder.Services.AddMigrations(ApiMigrations.All);
        builder.Services.AddHealthChecks().AddCheck<DatabaseReadiness>("migrations");
    }

    /// <summary>Answers 503 to requests for data that arrive before the tables are there.</summary>
    public static void UseDatabaseReadiness(this WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<DatabaseReadiness>();
        app.Use((context, next) => readiness.IsReady || !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? next(context)
            : Problems.Unavailable("The service is starting. Try again in a moment.").ExecuteAsync(context));
    }
}
