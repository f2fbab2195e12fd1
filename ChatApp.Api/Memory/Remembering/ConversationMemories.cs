using ChatApp.Api.Conversations;
using ChatApp.Api.Database;
using ChatApp.Api.Memory.Commands;
using ChatApp.Api.Memory.Facts;
using ChatApp.Api.Retrieval;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Memory.Remembering;

/// <summary>Keeps what was said in conversations as memories.</summary>
internal sealed class ConversationMemories(NpgsqlDataSource database, TextAnalysis analysis, IOptions<FactOptions> facts)
{
    // Messages that one transaction takes in. Only conversations of before there were memories have more.
    private const int Batch = 100;
    private const int MaxConversations = 100;

    /// <summary>
    /// Makes the conversation's memories equal to its active path: what is missing is added, and what is not on it any more goes, unless it
    /// is pinned. What is still being written waits for its own end. To be asked after a turn; asking again changes nothing.
    /// </summary>
    public async Task RememberAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await RememberAsync(connection, conversationId, cancellationToken);
    }

    /// <summary>Takes in what ended in the scope just now, so that a look at its memories misses nothing.</summary>
    public async Task RememberLeftAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var parameters = new { scope.UserId, scope.CharacterId, limit = MaxConversations };
        foreach (var conversation in await database.ListAsync<Guid>(RememberingSql.LeftInScope, parameters, cancellationToken))
        {
            await RememberAsync(conversation, cancellationToken);
        }
    }

    public async Task RememberAsync(NpgsqlConnection connection, Guid conversationId, CancellationToken cancellationToken)
    {
        try
        {
            while (await RememberBatchAsync(connection, conversationId, cancellationToken))
            {
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // The conversation was deleted in this moment.
        }
    }

    /// <returns>Whether there is more.</returns>
    private async Task<bool> RememberBatchAsync(NpgsqlConnection connection, Guid conversationId, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var begun = await BeginAsync(connection, transaction, conversationId, cancellationToken);
        if (begun is not ({ } scope, var turns, var missing))
        {
            return false;
        }

        if (scope.Remembers && missing.Count > 0)
        {
            var added = new
            {
                conversationId,
                scope.UserId,
                scope.CharacterId,
                scope.Version,
                analysis.Language,
                ids = Ids(missing.Count),
                messages = missing.Select(static m => m.Id).ToArray(),
                prepared = missing.Select(static m => MemoryText.ToTerms(m.Text)).ToArray(),
                pinned = missing.Select(static m => m.Role == MessageRole.User && MemoryCommandRules.Read(m.Text).Pins).ToArray(),
            };
            await connection.ExecuteAsync(new CommandDefinition(RememberingSql.Add, added, transaction, cancellationToken: cancellationToken));
        }

        var more = scope.Remembers && missing.Count == Batch;
        if (!more)
        {
            var ended = new { conversationId, scope.UserId, scope.CharacterId, turns = turns.ToArray() };
            await connection.ExecuteAsync(new CommandDefinition(EndOf(scope), ended, transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return more;
    }

    // In order: the two messages of a turn were said at the same time, and lists go by id then.
    private static Guid[] Ids(int count)
    {
        var ids = new Guid[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = Guid.CreateVersion7();
        }

        Array.Sort(ids);
        return ids;
    }

    private string EndOf(ScopeRow scope)
    {
        if (!scope.Remembers)
        {
            return RememberingSql.Ignore;
        }

        return facts.Value.Enabled ? $"{RememberingSql.End}; {FactStore.Want}" : RememberingSql.End;
    }

    private static async Task<(ScopeRow Scope, List<Guid> Turns, List<PathMessage> Missing)?> BeginAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid conversationId, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(
            RememberingSql.Begin, new { conversationId, limit = Batch }, transaction, cancellationToken: cancellationToken));
        if (await results.ReadFirstOrDefaultAsync<ScopeRow>() is not { } scope)
        {
            return null;
        }

        var turns = await results.ReadAsync<Guid>();
        var missing = await results.ReadAsync<PathMessage>();
        return (scope, turns.AsList(), missing.AsList());
    }

    private sealed record ScopeRow
    {
        public Guid UserId { get; init; }

        public Guid CharacterId { get; init; }

        public long Version { get; init; }

        public bool Remembers { get; init; }
    }
}
