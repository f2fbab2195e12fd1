using Npgsql;

namespace ChatApp.AppHost.Local;

/// <summary>Postgres answers a query on the database itself, so its roles and the database are there too.</summary>
internal static class PostgresCheck
{
    public static async Task AnswersAsync(string connectionString, CancellationToken cancellationToken)
    {
        // No pool: a check must not keep a connection open while the server wants to stop.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 3, CommandTimeout = 3 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select 1", connection);
        await command.ExecuteScalarAsync(cancellationToken);
    }
}
