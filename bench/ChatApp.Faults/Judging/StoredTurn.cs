using Npgsql;

namespace ChatApp.Faults.Judging;

/// <summary>A turn as Postgres has it.</summary>
public sealed record StoredTurn
{
    public required Guid Id { get; init; }

    public required Guid User { get; init; }

    public required Guid Conversation { get; init; }

    public required string Status { get; init; }

    public required string Text { get; init; }

    public required string MessageStatus { get; init; }

    public string? Key { get; init; }

    public int Attempt { get; init; }

    public int Failures { get; init; }

    public string? LastError { get; init; }

    public string? ErrorCode { get; init; }

    public string? Worker { get; init; }

    public DateTime? LeaseUntil { get; init; }

    public int? OutputTokens { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? FinishedAt { get; init; }

    public bool HasEnded => Status is "completed" or "failed" or "cancelled";

    /// <summary>The turns of some conversations.</summary>
    public static async Task<IReadOnlyDictionary<Guid, StoredTurn>> ReadAsync(
        NpgsqlDataSource database, IEnumerable<Guid> conversations, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            SELECT t.id, t.user_id, t.conversation_id, t.status, m.text, m.status, t.idempotency_key, t.attempt, t.failures,
                   t.last_error, t.error_code, t.worker, t.lease_until, t.output_tokens, t.created_at, t.finished_at
            FROM turns t JOIN messages m ON m.id = t.assistant_message_id WHERE t.conversation_id = ANY (@conversations)
            """);
        command.Parameters.AddWithValue("conversations", conversations.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var turns = new Dictionary<Guid, StoredTurn>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var turn = new StoredTurn
            {
                Id = reader.GetGuid(0),
                User = reader.GetGuid(1),
                Conversation = reader.GetGuid(2),
                Status = reader.GetString(3),
                Text = reader.GetString(4),
                MessageStatus = reader.GetString(5),
                Key = await TextAsync(reader, 6),
                Attempt = reader.GetInt32(7),
                Failures = reader.GetInt32(8),
                LastError = await TextAsync(reader, 9),
                ErrorCode = await TextAsync(reader, 10),
                Worker = await TextAsync(reader, 11),
                LeaseUntil = await reader.IsDBNullAsync(12, cancellationToken) ? null : reader.GetDateTime(12),
                OutputTokens = await reader.IsDBNullAsync(13, cancellationToken) ? null : reader.GetInt32(13),
                CreatedAt = reader.GetDateTime(14),
                FinishedAt = await reader.IsDBNullAsync(15, cancellationToken) ? null : reader.GetDateTime(15),
            };
            turns.Add(turn.Id, turn);
        }

        return turns;
    }

    private static async Task<string?> TextAsync(NpgsqlDataReader reader, int column) =>
        await reader.IsDBNullAsync(column) ? null : reader.GetString(column);
}
