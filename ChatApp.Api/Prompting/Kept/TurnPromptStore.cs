using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatApp.Api.Database;
using ChatApp.Api.Turns.Running;
using Dapper;
using Npgsql;

namespace ChatApp.Api.Prompting.Kept;

/// <summary>Keeps what it takes to show a turn's prompt later: not the history again, and what many prompts share once.</summary>
internal sealed class TurnPromptStore(NpgsqlDataSource database)
{
    /// <summary>Keeps the prompt of the turn's newest attempt. Of one that has lost its turn nothing is kept.</summary>
    public Task SaveAsync(ClaimedTurn turn, Prompt prompt, CancellationToken cancellationToken)
    {
        // A text's day of use is written once a day, not with every prompt.
        const string sql = """
            INSERT INTO prompt_texts (hash, text)
            SELECT * FROM unnest(@hashes, @texts)
            ON CONFLICT (hash) DO UPDATE SET used_at = now() WHERE prompt_texts.used_at < now() - interval '1 day';
            INSERT INTO turn_prompts (turn_id, model, fixed_hash, summary_hash, first_message_id, blocks, blocks_first, given_length,
                                      temperature, top_p, max_output_tokens, tokens, hash)
            SELECT id, @model, @fixedHash, @summaryHash, @firstMessageId, @blocks, @blocksFirst, @givenLength,
                   @temperature, @topP, @maxOutputTokens, @tokens, @hash
            FROM turns WHERE id = @Id AND attempt = @Attempt AND status = 'running'
            ON CONFLICT (turn_id) DO UPDATE SET
                model = EXCLUDED.model, fixed_hash = EXCLUDED.fixed_hash, summary_hash = EXCLUDED.summary_hash,
                first_message_id = EXCLUDED.first_message_id, blocks = EXCLUDED.blocks, blocks_first = EXCLUDED.blocks_first,
                given_length = EXCLUDED.given_length, temperature = EXCLUDED.temperature, top_p = EXCLUDED.top_p,
                max_output_tokens = EXCLUDED.max_output_tokens, tokens = EXCLUDED.tokens, hash = EXCLUDED.hash, created_at = now()
            """;
        var (parts, messages) = (prompt.Parts, prompt.Messages);
        var fixedPart = JsonSerializer.Serialize(parts.Fixed.Select(KeptMessage.From).ToList(), KeptMessageJson.Default.ListKeptMessage);
        var fixedHash = Hash(fixedPart);
        var summaryHash = parts.Summary is null ? null : Hash(parts.Summary);
        var parameters = new
        {
            turn.Id,
            turn.Attempt,
            // In one order, so that two turns never wait for each other.
            hashes = summaryHash is null ? [fixedHash] : new[] { fixedHash, summaryHash }.OrderBy(Convert.ToHexString, StringComparer.Ordinal).ToArray(),
            texts = summaryHash is null ? [fixedPart] : new[] { fixedPart, parts.Summary! }.OrderBy(static t => Convert.ToHexString(Hash(t)), StringComparer.Ordinal).ToArray(),
            model = prompt.Model.Name,
            fixedHash,
            summaryHash,
            firstMessageId = parts.Said[0].Id,
            blocks = parts.Blocks,
            blocksFirst = parts.BlocksFirst,
            givenLength = parts.Given.Length,
            temperature = prompt.Options.Temperature,
            topP = prompt.Options.TopP,
            maxOutputTokens = prompt.Options.MaxOutputTokens,
            tokens = (int)Math.Ceiling(messages.Sum(m => TokenEstimate.Of(m.Text, prompt.Model.CharactersPerToken))),
            hash = PromptLayout.Hash(messages),
        };
        return database.ExecuteAsync(sql, parameters, cancellationToken);
    }

    /// <summary>A turn's prompt, put together again.</summary>
    /// <returns>Whether this person has such a turn at all, and its prompt while it is kept.</returns>
    public async Task<(bool Exists, TurnPrompt? Prompt)> FindAsync(Guid turnId, Guid userId, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT t.id AS turn_id, t.input_tokens, p.model, f.text AS fixed_part, s.text AS summary, p.summary_hash IS NOT NULL AS has_summary,
                   p.blocks, p.blocks_first, m.text AS answer, p.given_length, p.temperature, p.top_p, p.max_output_tokens, p.tokens, p.hash
            FROM turns t
            JOIN messages m ON m.id = t.assistant_message_id
            LEFT JOIN turn_prompts p ON p.turn_id = t.id
            LEFT JOIN prompt_texts f ON f.hash = p.fixed_hash
            LEFT JOIN prompt_texts s ON s.hash = p.summary_hash
            WHERE t.id = @turnId AND t.user_id = @userId;
            WITH RECURSIVE path AS (
                SELECT m.id, m.parent_id, m.conversation_id, m.role, m.text, m.depth, p.first_message_id
                FROM turns t
                JOIN turn_prompts p ON p.turn_id = t.id
                JOIN messages m ON m.conversation_id = t.conversation_id AND m.id = t.user_message_id
                WHERE t.id = @turnId AND t.user_id = @userId
                UNION ALL
                SELECT m.id, m.parent_id, m.conversation_id, m.role, m.text, m.depth, path.first_message_id
                FROM path JOIN messages m ON m.conversation_id = path.conversation_id AND m.id = path.parent_id
                WHERE path.id <> path.first_message_id)
            SELECT id, role, text, depth FROM path ORDER BY depth
            """;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, new { turnId, userId }, cancellationToken: cancellationToken));
        var kept = await results.ReadFirstOrDefaultAsync<KeptPrompt>();
        var said = (await results.ReadAsync<HistoryMessage>()).AsList();
        return (kept is not null, kept?.ToPrompt(said));
    }

    /// <summary>Deletes what was kept for long enough, a bounded number at a time.</summary>
    /// <returns>How many prompts and texts that were.</returns>
    public Task<int> PruneAsync(TimeSpan retention, int most, CancellationToken cancellationToken) => database.ExecuteAsync(
        """
        DELETE FROM turn_prompts WHERE turn_id IN (
            SELECT turn_id FROM turn_prompts WHERE created_at < now() - @retention ORDER BY created_at LIMIT @most);
        -- A text is marked once a day, so one that was marked two days before the oldest prompt belongs to none.
        DELETE FROM prompt_texts WHERE hash IN (
            SELECT hash FROM prompt_texts WHERE used_at < now() - @retention - interval '2 days' ORDER BY used_at LIMIT @most)
            AND used_at < now() - @retention - interval '2 days'
        """,
        new { retention, most },
        cancellationToken);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
