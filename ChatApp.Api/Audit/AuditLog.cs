using System.Collections.Concurrent;
using ChatApp.Api.Accounts;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Audit;

/// <summary>Writes the audit log, whose entries are chained: each one's code covers itself and the code before it.</summary>
internal sealed class AuditLog(NpgsqlDataSource database, SecretBox secrets, AuditWitness witness, AuditGathering gathering, TimeProvider time) : IDisposable
{
    private const int MostAtOnce = 200;

    private readonly ConcurrentQueue<WaitingEntry> _waiting = new();
    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <summary>
    /// Adds an entry, in a transaction of its own, and returns when it is saved. Entries that come at once share one. Of an action that is
    /// gathered (<see cref="AuditGathering.Gathers"/>), the first in a minute is saved at once and those after it as one.
    /// </summary>
    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        if (AuditGathering.Gathers(entry.Action) && !gathering.IsFirst(entry))
        {
            return;
        }

        await WriteAsync(entry, cancellationToken);
    }

    /// <summary>
    /// Adds an entry in the transaction that the connection is in, so that what was done and that it was done are saved both or neither.
    /// To be called last: until the commit, nobody else can add one.
    /// </summary>
    public Task AppendAsync(NpgsqlConnection connection, AuditEntry entry, CancellationToken cancellationToken) =>
        AppendAsync(connection, [entry], cancellationToken);

    /// <summary>Adds an entry without gathering.</summary>
    internal async Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var waiting = new WaitingEntry(entry);
        _waiting.Enqueue(waiting);
        // An entry is saved even when whoever caused it has gone.
        await _writer.WaitAsync(CancellationToken.None);
        try
        {
            // Whoever wrote in the meantime has written this one along, unless there were too many.
            while (!waiting.Saved.IsCompleted)
            {
                await WriteWaitingAsync();
            }
        }
        finally
        {
            _writer.Release();
        }

        await waiting.Saved.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private async Task WriteWaitingAsync()
    {
        var batch = new List<WaitingEntry>();
        while (batch.Count < MostAtOnce && _waiting.TryDequeue(out var next))
        {
            batch.Add(next);
        }

        try
        {
            // It is for many: that one of them has gone does not end it. Commands have the driver's timeout.
            await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await AppendAsync(connection, [.. batch.Select(static waiting => waiting.Entry)], CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            batch.ForEach(static waiting => waiting.Done());
        }
        catch (Exception exception)
        {
            batch.ForEach(waiting => waiting.Failed(exception));
        }
    }

    private async Task AppendAsync(NpgsqlConnection connection, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var head = await connection.QueryFirstOrDefaultAsync<AuditHead>(new CommandDefinition(AuditHead.Lock, cancellationToken: cancellationToken))
            ?? await LastAsync(connection, cancellationToken);
        var isOurs = AuditCode.IsSealed(secrets, head) && head.NewestId <= head.LastId && (head.IsUncommitted || witness.See(head));

        // From a head that is not ours, or that was put back, what comes now does not go on: nobody can have it look as if nothing was.
        var code = isOurs ? head.LastCode : AuditCode.Broken.ToArray();
        head = head with { LastId = Math.Max(head.LastId, head.NewestId) };
        var now = time.GetUtcNow();
        var rows = new List<AuditRow>(entries.Count);
        foreach (var entry in entries)
        {
            var row = AuditRow.Of(head.LastId + 1 + rows.Count, now, entry);
            code = AuditCode.Of(secrets, code, row);
            rows.Add(row with { Code = code });
        }

        var next = AuditCode.Seal(secrets, head with { LastId = rows[^1].Id, LastCode = code });
        await connection.ExecuteAsync(new CommandDefinition(AuditInsert.Sql, AuditInsert.Parameters(rows), cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(AuditHead.Write, next, cancellationToken: cancellationToken));
    }

    // Somebody took the head away. Numbers go on, so that entries can be written at all.
    private static async Task<AuditHead> LastAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_xact_lock(hashtext('audit_head'))", cancellationToken: cancellationToken));
        return await connection.QueryFirstOrDefaultAsync<AuditHead>(new CommandDefinition(
            "SELECT max(id) AS newest_id FROM audit_log HAVING max(id) IS NOT NULL", cancellationToken: cancellationToken)) ?? new AuditHead { NewestId = 1 };
    }
}
