using Dapper;
using Npgsql;

namespace ChatApp.Api.Database;

/// <summary>Dapper's calls with a connection of the pool and a cancellation token, which is all that the stores need.</summary>
internal static class SqlCommands
{
    public static async Task<int> ExecuteAsync(this NpgsqlDataSource source, string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    public static async Task<T?> FirstOrDefaultAsync<T>(this NpgsqlDataSource source, string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    public static async Task<List<T>> ListAsync<T>(this NpgsqlDataSource source, string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return rows.AsList();
    }

    /// <summary>
    /// Runs several statements in one round trip and one transaction (each sees what was committed before it began, so
    /// what follows a lock sees what the lock waited for), and gives the row of the last one.
    /// </summary>
    public static async Task<T?> LastResultAsync<T>(this NpgsqlConnection connection, string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        T? last = default;
        while (!results.IsConsumed)
        {
            last = await results.ReadFirstOrDefaultAsync<T>();
        }

        return last;
    }
}
