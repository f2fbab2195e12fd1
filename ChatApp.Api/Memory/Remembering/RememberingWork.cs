using ChatApp.Api.Background;
using ChatApp.Api.Database;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Memory.Remembering;

/// <summary>
/// Remembers the turns whose worker did not: those that failed or were stopped, whose worker went away, that a branch copied, and that are
/// older than memory itself.
/// </summary>
internal sealed partial class RememberingWork(
    NpgsqlDataSource database, ConversationMemories memories, DatabaseReadiness readiness, TimeProvider time, ILogger<RememberingWork> logger)
    : DurableWork(readiness, time, logger)
{
    private const int Batch = 50;

    // One process at a time is enough, and two would do the same. Held by the connection, so it goes with the process.
    private const string TryLock = "SELECT pg_try_advisory_lock(hashtext('remembering'), hashtext(current_schema()))";
    private const string Unlock = "SELECT pg_advisory_unlock(hashtext('remembering'), hashtext(current_schema()))";

    // The turn's own worker is about to.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    protected override TimeSpan Interval => TimeSpan.FromSeconds(2);

    protected override async Task<int> PassAsync(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenConnectionAsync(stoppingToken);
        if (!await connection.QueryFirstAsync<bool>(new CommandDefinition(TryLock, cancellationToken: stoppingToken)))
        {
            return 0;
        }

        try
        {
            var left = await connection.QueryAsync<Guid>(
                new CommandDefinition(RememberingSql.Left, new { grace = Grace, limit = Batch }, cancellationToken: stoppingToken));
            var done = 0;
            foreach (var conversation in left.AsList())
            {
                await RememberAsync(connection, conversation, stoppingToken);
                done++;
            }

            return done;
        }
        finally
        {
            await connection.ExecuteAsync(Unlock);
        }
    }

    private async Task RememberAsync(NpgsqlConnection connection, Guid conversation, CancellationToken cancellationToken)
    {
        try
        {
            await memories.RememberAsync(connection, conversation, cancellationToken);
        }
        catch (PostgresException exception) when (!exception.IsTransient)
        {
            // It would be the first of every pass, and keep all others from being remembered.
            LogGivenUp(exception, conversation);
            await connection.ExecuteAsync(new CommandDefinition(
                RememberingSql.GiveUp, new { conversationId = conversation }, cancellationToken: cancellationToken));
        }
    }

    [LoggerMessage(LogLevel.Error, "Conversation {ConversationId} could not be remembered; its next turn will try again")]
    private partial void LogGivenUp(Exception exception, Guid conversationId);
}
