using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Limits.Tokens;

/// <summary>What turns took, in Postgres: the truth that Redis counts along with. Charges are written by accepting turns, and settled by their end.</summary>
internal sealed class TokenChargeStore(NpgsqlDataSource database)
{
    private const string Taken = "coalesce(sum(coalesce(tokens, input_estimate + output_estimate)), 0)::bigint";

    /// <summary>What somebody has used on a day, with what their running turns are expected to take.</summary>
    public async Task<long> UsedAsync(string kind, string id, DateOnly day, CancellationToken cancellationToken)
    {
        var sql = kind switch
        {
            "user" => $"SELECT {Taken} FROM token_charges WHERE user_id = @id::uuid AND day = @day",
            "key" => $"SELECT {Taken} FROM token_charges WHERE key_id = @id::uuid AND day = @day",
            _ => $"SELECT {Taken} FROM token_charges WHERE role = @id AND day = @day",
        };
        return await database.FirstOrDefaultAsync<long>(sql, new { id, day = day.ToDateTime(TimeOnly.MinValue) }, cancellationToken);
    }

    /// <summary>How many tokens the conversation's newest prompt had; null when it has none that was counted.</summary>
    public Task<int?> LastPromptAsync(Guid conversationId, Guid userId, CancellationToken cancellationToken) => database.FirstOrDefaultAsync<int?>(
        """
        SELECT input_tokens FROM turns
        WHERE conversation_id = @conversationId AND user_id = @userId AND input_tokens IS NOT NULL
        ORDER BY created_at DESC LIMIT 1
        """,
        new { conversationId, userId },
        cancellationToken);

    /// <summary>Whether the same key was used in the conversation before.</summary>
    public Task<bool> IsRepeatedAsync(Guid conversationId, Guid userId, string idempotencyKey, CancellationToken cancellationToken) => database.FirstOrDefaultAsync<bool>(
        "SELECT EXISTS (SELECT FROM turns WHERE conversation_id = @conversationId AND idempotency_key = @idempotencyKey AND user_id = @userId)",
        new { conversationId, userId, idempotencyKey },
        cancellationToken);

    /// <summary>A turn's charge once it is settled; null before, and for a turn that has none.</summary>
    public Task<SettledCharge?> FindSettledAsync(Guid turnId, CancellationToken cancellationToken) => database.FirstOrDefaultAsync<SettledCharge>(
        """
        SELECT user_id, key_id, role, day::timestamp AS day, tokens - input_estimate - output_estimate AS difference
        FROM token_charges WHERE turn_id = @turnId AND tokens IS NOT NULL
        """,
        new { turnId },
        cancellationToken);

    /// <summary>Deletes charges of days long past.</summary>
    public Task<int> PruneAsync(TimeSpan age, int most, CancellationToken cancellationToken) => database.ExecuteAsync(
        """
        DELETE FROM token_charges WHERE turn_id IN (
            SELECT turn_id FROM token_charges WHERE day < (now() AT TIME ZONE 'UTC')::date - @days ORDER BY day LIMIT @most)
        """,
        new { days = (int)age.TotalDays, most },
        cancellationToken);
}
