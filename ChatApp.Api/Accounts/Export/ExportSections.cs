namespace ChatApp.Api.Accounts.Export;

/// <summary>
/// Everything about an account, part by part. A new table with somebody's data gets a part here or a reason in <see cref="NotExported"/>;
/// a test fails until it has. Secrets, and what is made from other columns, are left out of the queries.
/// </summary>
internal static class ExportSections
{
    // By the primary keys, which grow with time and have indexes: nothing is sorted, however much there is.
    public static IReadOnlyList<ExportSection> All { get; } =
    [
        new("profile", """
            SELECT u.id, u.name, u.email, u.role, u.email_confirmed_at, u.password_hash IS NOT NULL AS has_password,
                   f.confirmed_at AS second_factor_since,
                   (SELECT count(*) FROM recovery_codes r WHERE r.user_id = u.id) AS recovery_codes_left,
                   nullif(u.banned_until, 'infinity') AS banned_until, u.ban_reason, u.reads_tone AS reads_tone, u.created_at
            FROM users u LEFT JOIN second_factors f ON f.user_id = u.id AND f.confirmed_at IS NOT NULL
            WHERE u.id = @userId
            """, "users", "second_factors", "recovery_codes") { IsOne = true },
        new("sessions", """
            SELECT id, created_at, last_seen_at, expires_at, address, user_agent, ended_at, ended_for
            FROM sessions WHERE user_id = @userId ORDER BY id
            """, "sessions"),
        new("apiKeys", """
            SELECT id, name, prefix, scopes, requests_per_minute, tokens_per_day, created_at, expires_at, last_used_at, replaced_by
            FROM api_keys WHERE user_id = @userId ORDER BY id
            """, "api_keys"),
        new("externalLogins", """
            SELECT provider, subject, email, created_at, last_used_at FROM external_logins WHERE user_id = @userId ORDER BY created_at
            """, "external_logins"),
        new("mails", """
            SELECT m.kind, m.email, m.requested_at, m.ended_at
            FROM mails m WHERE m.user_id = @userId OR lower(m.email) = (SELECT lower(email) FROM users WHERE id = @userId) ORDER BY m.requested_at
            """, "mails"),
        new("conversations", """
            SELECT c.id, c.character_id, ch.name AS character_name, c.title, c.current_message_id, c.created_at, c.updated_at
            FROM conversations c JOIN characters ch ON ch.id = c.character_id
            WHERE c.user_id = @userId ORDER BY c.id
            """, "conversations"),
        new("messages", """
            SELECT m.id, m.conversation_id, m.parent_id, m.depth, m.turn_id, m.role, m.text, m.status, m.error_code, m.error_detail,
                   m.continued_by, m.created_at
            FROM conversations c JOIN messages m ON m.conversation_id = c.id
            WHERE c.user_id = @userId ORDER BY m.conversation_id, m.depth, m.created_at, m.id
            """, "messages"),
        new("summaries", """
            SELECT s.conversation_id, s.through_message_id, s.text, s.model, s.created_at
            FROM conversations c JOIN conversation_summaries s ON s.conversation_id = c.id
            WHERE c.user_id = @userId ORDER BY s.conversation_id, s.through_message_id
            """, "conversation_summaries"),
        new("turns", """
            SELECT id, conversation_id, kind, user_message_id, assistant_message_id, status, finish_reason, error_code, error_detail,
                   input_tokens, output_tokens, time_to_first_token_ms, tokens_per_second, recall, created_at, started_at, finished_at
            FROM turns WHERE user_id = @userId ORDER BY created_at
            """, "turns"),
        new("prompts", """
            SELECT p.turn_id, p.model, p.blocks, s.text AS summary, p.temperature, p.top_p, p.max_output_tokens, p.tokens, p.created_at
            FROM turns t JOIN turn_prompts p ON p.turn_id = t.id LEFT JOIN prompt_texts s ON s.hash = p.summary_hash
            WHERE t.user_id = @userId ORDER BY p.created_at
            """, "turn_prompts"),
        new("memorySettings", """
            SELECT character_id, remembers, stays_inside, created_at FROM memory_scopes WHERE user_id = @userId ORDER BY character_id
            """, "memory_scopes"),
        new("memories", """
            SELECT id, character_id, kind, speaker, text, said_at, conversation_id, message_id, pinned, importance, created_at, updated_at
            FROM memories WHERE user_id = @userId ORDER BY character_id, said_at DESC, id DESC
            """, "memories"),
        new("memoryCommands", """
            SELECT m.message_id, m.conversation_id, m.forgotten, m.note, m.run_at
            FROM conversations c JOIN memory_commands m ON m.conversation_id = c.id
            WHERE c.user_id = @userId ORDER BY m.conversation_id
            """, "memory_commands"),
        new("forgottenMessages", """
            SELECT f.message_id, f.conversation_id
            FROM conversations c JOIN forgotten_messages f ON f.conversation_id = c.id
            WHERE c.user_id = @userId ORDER BY f.conversation_id
            """, "forgotten_messages"),
        new("documents", """
            SELECT d.id, d.conversation_id, d.character_id, d.name, d.format, d.bytes, d.status, d.pages, d.chunk_count, d.created_at, t.content
            FROM documents d LEFT JOIN document_contents t ON t.document_id = d.id
            WHERE d.user_id = @userId OR d.conversation_id IN (SELECT id FROM conversations WHERE user_id = @userId) ORDER BY d.id
            """, "documents", "document_contents"),
        new("documentChunks", """
            SELECT k.document_id, k.ordinal, k.heading, k.page, k.text
            FROM documents d JOIN document_chunks k ON k.document_id = d.id
            WHERE d.user_id = @userId OR d.conversation_id IN (SELECT id FROM conversations WHERE user_id = @userId) ORDER BY k.document_id, k.ordinal
            """, "document_chunks"),
        new("moderation", """
            SELECT id, at, source, category, level, action, detector, rule, policy_scope, policy_version, excerpt, original, character_id,
                   conversation_id, message_id, turn_id, status, appeal, appealed_at, decided_at, reason
            FROM moderation_log WHERE user_id = @userId ORDER BY at
            """, "moderation_log"),
        new("limits", """
            SELECT requests_per_minute, tokens_per_day, updated_at FROM user_limits WHERE user_id = @userId
            """, "user_limits"),
        new("tokenCharges", """
            SELECT turn_id, key_id, role, day, input_estimate, output_estimate, tokens FROM token_charges WHERE user_id = @userId ORDER BY day
            """, "token_charges"),

        // Where others came from is not this person's to know.
        new("audit", """
            SELECT id, at, action, actor_kind, actor_id = @userId AS is_own, CASE WHEN actor_id = @userId THEN address END AS address,
                   subject_kind, subject_id, detail::jsonb AS detail
            FROM audit_log WHERE actor_id = @userId OR subject_id = @userId::text ORDER BY id
            """, "audit_log"),
    ];
}
