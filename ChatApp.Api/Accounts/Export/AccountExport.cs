using System.Text.Json;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Export;

/// <summary>Everything about an account as one JSON document, as it was at one moment, written while it is read.</summary>
internal sealed class AccountExport(NpgsqlDataSource database, TimeProvider time) : IDisposable
{
    /// <summary>Raised when the document's shape changes in a way that readers have to know of.</summary>
    private const int Format = 1;

    // Each holds a connection of the pool for as long as it takes.
    private const int MostAtOnce = 4;

    private readonly SemaphoreSlim _places = new(MostAtOnce, MostAtOnce);

    /// <summary>Takes a place in this process; dispose it when the export has ended.</summary>
    /// <returns>Null when there is none free.</returns>
    public IDisposable? TryBegin() => _places.Wait(0) ? new Place(_places) : null;

    /// <summary>Begins the moment that is written of.</summary>
    /// <returns>Null when an export of the same account is under way, here or in another process.</returns>
    public async Task<NpgsqlConnection?> OpenAsync(Guid userId, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            // The lock goes with the transaction, and that with the connection.
            await connection.ExecuteAsync(new CommandDefinition("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken: cancellationToken));
            const string take = "SELECT pg_try_advisory_xact_lock(hashtext('account_export'), hashtext(@id))";
            if (await connection.QueryFirstAsync<bool>(new CommandDefinition(take, new { id = userId.ToString() }, cancellationToken: cancellationToken)))
            {
                return connection;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Writes the document. Whoever does not see its last member, <c>complete</c>, has not all of it.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, Guid userId, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        try
        {
            await WriteAsync(connection, userId, writer, cancellationToken);
        }
        catch
        {
            // What is left of a half is not sent.
            writer.Reset();
            throw;
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task WriteAsync(NpgsqlConnection connection, Guid userId, Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteNumber("format", Format);
        writer.WriteString("exportedAt", time.GetUtcNow());
        foreach (var section in ExportSections.All)
        {
            await using var query = new NpgsqlCommand(section.Sql, connection);
            query.Parameters.Add(new NpgsqlParameter<Guid>("userId", userId));
            await ExportRows.WriteAsync(section, query, writer, cancellationToken);
        }

        writer.WriteBoolean("complete", true);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
