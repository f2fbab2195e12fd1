using ChatApp.Api.Database;
using ChatApp.Api.Retrieval;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Memory.Index.Following;

/// <summary>Makes a scope's terms again, with the language that is set now.</summary>
internal sealed class TermsRebuild(NpgsqlDataSource database, TextAnalysis analysis)
{
    private const int Batch = 500;

    /// <summary>Goes through a scope's memories.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="all">Counts each as changed, so that every index reads it again; otherwise only those whose terms are others now.</param>
    /// <param name="cancellationToken">Ends it; what is done stays.</param>
    /// <returns>How many memories there are.</returns>
    public async Task<long> RunAsync(MemoryScope scope, bool all, CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        long count = 0;
        while (true)
        {
            var rows = await database.ListAsync<Row>("""
                SELECT id, text FROM memories WHERE user_id = @UserId AND character_id = @CharacterId AND id > @After ORDER BY id LIMIT @Batch
                """, new { scope.UserId, scope.CharacterId, After = after, Batch }, cancellationToken);
            if (rows.Count == 0)
            {
                return count;
            }

            await StoreAsync(scope, rows, all, cancellationToken);
            after = rows[^1].Id;
            count += rows.Count;
        }
    }

    private async Task StoreAsync(MemoryScope scope, List<Row> rows, bool all, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            scope.UserId,
            scope.CharacterId,
            analysis.Language,
            All = all,
            Ids = rows.Select(static r => r.Id).ToArray(),
            Texts = rows.Select(static r => r.Text).ToArray(),
            Prepared = rows.Select(static r => TextAnalysis.Prepare(r.Text)).ToArray(),
        };

        // A text that was changed in between has its terms from whoever changed it.
        const string texts = "unnest(@Ids, @Texts, @Prepared) AS d (id, text, prepared)";
        const string differ = """
            WHERE m.id = d.id AND m.user_id = @UserId AND m.character_id = @CharacterId AND m.text = d.text
                AND (@All OR m.terms IS DISTINCT FROM to_tsvector(@Language::regconfig, d.prepared))
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!all && !await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                $"SELECT EXISTS (SELECT FROM memories m, {texts} {differ})", parameters, cancellationToken: cancellationToken)))
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var version = await connection.ExecuteScalarAsync<long?>(new CommandDefinition("""
            UPDATE memory_scopes SET version = version + 1 WHERE user_id = @UserId AND character_id = @CharacterId RETURNING version
            """, parameters, transaction, cancellationToken: cancellationToken));
        if (version is not null)
        {
            var update = new DynamicParameters(parameters);
            update.Add("Version", version);
            await connection.ExecuteAsync(new CommandDefinition(
                $"UPDATE memories m SET terms = to_tsvector(@Language::regconfig, d.prepared), version = @Version FROM {texts} {differ}", update, transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record Row(Guid Id, string Text);
}
