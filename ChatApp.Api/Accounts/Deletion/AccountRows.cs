using ChatApp.Api.Conversations;
using ChatApp.Api.Database;
using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Events;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Accounts.Deletion;

/// <summary>Deletes what is much of an account, a bounded part at a time. Each method may be called again after whatever came between.</summary>
internal sealed class AccountRows(NpgsqlDataSource database, ConversationStore conversations, TurnStore turns, TurnSignals signals, TurnEventLog log)
{
    private const int Prompts = 500;
    private const int Memories = 1000;
    private const int Conversations = 10;

    /// <summary>Asks all turns to stop that are under way.</summary>
    /// <returns>How many are still running.</returns>
    public async Task<int> StopTurnsAsync(Guid userId, CancellationToken cancellationToken)
    {
        var active = await database.ListAsync<Guid>(
            "SELECT id FROM turns WHERE user_id = @userId AND status IN ('queued', 'running')", new { userId }, cancellationToken);
        var running = 0;
        foreach (var id in active)
        {
            if (await turns.CancelAsync(id, userId, cancellationToken) is { Ended: false, Asked: true })
            {
                signals.AnnounceCancel(id);
                running++;
            }
        }

        return running;
    }

    /// <summary>Deletes kept prompts, with the texts in them that nobody else's prompts are made of.</summary>
    public async Task<int> DeletePromptsAsync(Guid userId, CancellationToken cancellationToken)
    {
        const string prompts = """
            DELETE FROM turn_prompts WHERE turn_id IN (
                SELECT p.turn_id FROM turns t JOIN turn_prompts p ON p.turn_id = t.id WHERE t.user_id = @userId LIMIT @Prompts)
            RETURNING summary_hash
            """;
        const string texts = """
            DELETE FROM prompt_texts x WHERE x.hash = ANY(@hashes) AND NOT EXISTS (SELECT FROM turn_prompts p WHERE p.summary_hash = x.hash)
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var deleted = (await connection.QueryAsync<byte[]?>(new CommandDefinition(prompts, new { userId, Prompts }, cancellationToken: cancellationToken))).AsList();
        var hashes = deleted.OfType<byte[]>().DistinctBy(Convert.ToHexString).ToArray();
        if (hashes is not [])
        {
            await connection.ExecuteAsync(new CommandDefinition(texts, new { hashes }, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return deleted.Count;
    }

    /// <summary>Deletes conversations with their messages, turns and documents, and the turns' live logs.</summary>
    public async Task<int> DeleteConversationsAsync(Guid userId, CancellationToken cancellationToken)
    {
        var some = await database.ListAsync<Guid>("SELECT id FROM conversations WHERE user_id = @userId LIMIT @Conversations", new { userId, Conversations }, cancellationToken);
        foreach (var id in some)
        {
            // A log that is not deleted because the process ends in between ends by itself within the hour, as older ones have.
            var logs = await database.ListAsync<Guid>(
                "SELECT id FROM turns WHERE conversation_id = @id AND (finished_at IS NULL OR finished_at > now() - interval '2 hours')", new { id }, cancellationToken);
            foreach (var turn in await conversations.DeleteAsync(id, userId, cancellationToken) ?? [])
            {
                signals.AnnounceCancel(turn);
            }

            await log.RemoveAsync(logs);
        }

        return some.Count;
    }

    /// <summary>Deletes memories. Indexes outside are told by the tables' triggers.</summary>
    public async Task<int> DeleteMemoriesAsync(Guid userId, CancellationToken cancellationToken)
    {
        // Scopes are locked before memories, as by everyone who changes them.
        const string some = """
            SELECT FROM memory_scopes WHERE user_id = @userId ORDER BY character_id FOR UPDATE;
            DELETE FROM memories WHERE id IN (SELECT id FROM memories WHERE user_id = @userId LIMIT @Memories)
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var before = await connection.QueryFirstAsync<long>(new CommandDefinition(
            "SELECT count(*) FROM (SELECT FROM memories WHERE user_id = @userId LIMIT @Memories) m", new { userId, Memories }, cancellationToken: cancellationToken));
        if (before > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(some, new { userId, Memories }, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return (int)before;
    }

    /// <summary>Deletes what is left of an account that has no row any more, where no foreign key reaches.</summary>
    /// <returns>False when an index outside has not followed yet; nothing is deleted then.</returns>
    public async Task<bool> DeleteTracesAsync(Guid userId, CancellationToken cancellationToken)
    {
        const string sql = """
            DELETE FROM memory_removals WHERE user_id = @userId;
            DELETE FROM memory_claims WHERE user_id = @userId
            """;
        if (await database.FirstOrDefaultAsync<bool>("SELECT EXISTS (SELECT FROM memory_index_removals WHERE user_id = @userId)", new { userId }, cancellationToken))
        {
            return false;
        }

        await database.ExecuteAsync(sql, new { userId }, cancellationToken);
        return true;
    }
}
