using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>
/// Which collection answers and how far a rebuild is: in Postgres, so that every process sees the same, and switching from one
/// collection to the next is one statement.
/// </summary>
internal sealed class MemoryIndexStore(NpgsqlDataSource database, MemoryIndexKind kind)
{
    private const string Columns = """
        made_with, made_at, collection, dense, filling, filling_dense, leaving, rebuild, after_user, after_character,
        done, total, started_at, finished_at, error
        """;

    // The database's clock, once: among processes that are set up differently, the one that started last decides.
    private DateTimeOffset? _started;

    /// <summary>The row; null before any process that works has made it.</summary>
    public Task<MemoryIndexRow?> FindAsync(CancellationToken cancellationToken) =>
        database.FirstOrDefaultAsync<MemoryIndexRow>($"SELECT {Columns} FROM memory_index", null, cancellationToken);

    /// <summary>
    /// The row, as this process is set up: made when it is missing, made anew when it was made with something else by a process that
    /// started earlier. Null when one that started later has decided otherwise.
    /// </summary>
    public async Task<MemoryIndexRow?> EnsureAsync(CancellationToken cancellationToken)
    {
        _started ??= await database.FirstOrDefaultAsync<DateTimeOffset>("SELECT clock_timestamp()", null, cancellationToken);
        var row = await FindAsync(cancellationToken);
        if (row?.MadeWith == kind.MadeWith)
        {
            return row;
        }

        if (row is null || row.MadeAt < _started)
        {
            // Terms in Postgres are made as they are stored, so that a new table is as it should be. What another index filled, nobody
            // follows any longer; it is built from nothing.
            await database.ExecuteAsync("""
                WITH made AS (
                    INSERT INTO memory_index AS i (made_with, rebuild) VALUES (@MadeWith, CASE WHEN @IsOutside THEN 'requested' ELSE 'none' END)
                    ON CONFLICT (only_row) DO UPDATE SET made_with = EXCLUDED.made_with, made_at = now(), rebuild = 'requested',
                        leaving = CASE WHEN @IsOutside THEN array_remove(array_cat(i.leaving, ARRAY[i.collection, i.filling]), NULL) ELSE '{}' END,
                        collection = NULL, dense = NULL, filling = NULL, filling_dense = NULL, error = NULL, finished_at = NULL
                    WHERE i.made_with <> EXCLUDED.made_with AND i.made_at < @Started
                    RETURNING 1)
                DELETE FROM memory_index_removals WHERE NOT @IsOutside AND EXISTS (SELECT FROM made)
                """, new { kind.MadeWith, kind.IsOutside, Started = _started }, cancellationToken);
            row = await FindAsync(cancellationToken);
        }

        return row?.MadeWith == kind.MadeWith ? row : null;
    }

    /// <summary>Asks for a rebuild, unless one is going on.</summary>
    public async Task<MemoryIndexRow> RequestAsync(CancellationToken cancellationToken) =>
        (await database.FirstOrDefaultAsync<MemoryIndexRow>($"""
            INSERT INTO memory_index AS i (made_with, rebuild) VALUES (@MadeWith, 'requested')
            ON CONFLICT (only_row) DO UPDATE SET rebuild = CASE i.rebuild WHEN 'none' THEN 'requested' ELSE i.rebuild END
            RETURNING {Columns}
            """, new { kind.MadeWith }, cancellationToken))!;

    /// <summary>A collection that should be there is not: everything is built again, beginning with a new one that answers at once.</summary>
    public Task LoseAsync(string collection, CancellationToken cancellationToken) => database.ExecuteAsync("""
        UPDATE memory_index SET rebuild = 'requested', filling = NULL, filling_dense = NULL,
            leaving = array_remove(CASE WHEN filling <> @Collection THEN array_append(leaving, filling) ELSE leaving END, NULL),
            collection = NULLIF(collection, @Collection), dense = CASE WHEN collection = @Collection THEN NULL ELSE dense END
        WHERE collection = @Collection OR filling = @Collection
        """, new { Collection = collection }, cancellationToken);

    /// <summary>What no process asks any more, because it had time to see what answers now.</summary>
    public Task LeftAsync(string collection, CancellationToken cancellationToken) => database.ExecuteAsync(
        "UPDATE memory_index SET leaving = array_remove(leaving, @Collection)", new { Collection = collection }, cancellationToken);
}
