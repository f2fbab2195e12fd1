using System.Text.Json;
using ChatApp.Api.Database;
using Npgsql;

namespace ChatApp.Api.Moderation.Log;

/// <summary>Keeps what was decided.</summary>
internal sealed class ModerationLog(NpgsqlDataSource database)
{
    /// <summary>To be followed by what it hangs on, if anything, and <see cref="Once"/>. Takes <c>@decisions</c>.</summary>
    public const string Insert = """
        INSERT INTO moderation_log (id, user_id, source, category, level, action, detector, rule, policy_scope, policy_version, excerpt,
                                    span_start, span_length, latency_ms, character_id, conversation_id, message_id, turn_id, original, text_hash, status)
        SELECT d.id, d.user_id, d.source, d.category, d.level, d.action, d.detector, d.rule, d.policy_scope, d.policy_version, d.excerpt,
               d.span_start, d.span_length, d.latency_ms, d.character_id, d.conversation_id, d.message_id, d.turn_id, d.original, d.text_hash::bytea, d.status
        FROM jsonb_to_recordset(@decisions::jsonb) AS d (
            id uuid, user_id uuid, source text, category text, level text, action text, detector text, rule text, policy_scope text,
            policy_version integer, excerpt text, span_start integer, span_length integer, latency_ms double precision, character_id uuid,
            conversation_id uuid, message_id uuid, turn_id uuid, original text, text_hash text, status text)
        """;

    /// <summary>Another attempt at the same turn decides the same once more.</summary>
    public const string Once = "ON CONFLICT DO NOTHING";

    public static string Write(IReadOnlyCollection<ModerationDecision> decisions) =>
        JsonSerializer.Serialize(decisions, DecisionJson.Default.IReadOnlyCollectionModerationDecision);

    public Task AddAsync(IReadOnlyCollection<ModerationDecision> decisions, CancellationToken cancellationToken) =>
        decisions.Count == 0 ? Task.CompletedTask : database.ExecuteAsync($"{Insert} {Once}", new { decisions = Write(decisions) }, cancellationToken);

    /// <summary>Whether a moderator has approved this very text of this person before.</summary>
    public Task<bool> IsApprovedAsync(Guid userId, string text, CancellationToken cancellationToken) => database.FirstOrDefaultAsync<bool>(
        "SELECT EXISTS (SELECT FROM moderation_log WHERE user_id = @userId AND text_hash = @hash::bytea AND status = 'approved')",
        new { userId, hash = ModerationDecision.Hash(text) },
        cancellationToken);
}
