using System.Globalization;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Accounts;

/// <summary>Somebody who has left something in many tables.</summary>
internal sealed record FilledAccount(ApiUser User, Guid Id, Guid Conversation, Guid Turn, byte[] File)
{
    public const string Said = "Brimwick is my dog";

    /// <summary>Makes one, on a host whose worker has an engine to answer.</summary>
    public static async Task<FilledAccount> MakeAsync(ApiHost host, ScriptedEngine engine)
    {
        var user = await host.SignUpAsync();
        var id = (Guid)(await user.GetAsync("/api/me"))["id"]!;
        var conversation = await user.StartConversationAsync();
        var turn = (Guid)(await user.TalkAsync(engine, conversation, Said, "Arr, what a name."))["id"]!;
        var file = new byte[100_000];
        Random.Shared.NextBytes(file);
        await host.SqlAsync(string.Create(CultureInfo.InvariantCulture, $$"""
            INSERT INTO memory_scopes (user_id, character_id) VALUES ('{{id}}', '{{ApiUser.Mira}}') ON CONFLICT DO NOTHING;
            INSERT INTO memories (id, user_id, character_id, kind, speaker, text, said_at, pinned, terms, version)
            SELECT gen_random_uuid(), '{{id}}', '{{ApiUser.Mira}}', 'note', 'user', 'note ' || i, now(), true, to_tsvector('simple', 'note'), 1 FROM generate_series(1, 5) i;
            INSERT INTO documents (id, conversation_id, user_id, name, format, bytes, sha256, status)
            VALUES ('{{id}}', '{{conversation}}', '{{id}}', 'file.txt', 'text', {{file.Length}}, sha256('x'), 'ready');
            INSERT INTO document_contents VALUES ('{{id}}', '\x{{Convert.ToHexString(file)}}');
            INSERT INTO document_chunks (id, document_id, ordinal, text, terms) VALUES (gen_random_uuid(), '{{id}}', 0, 'a chunk', to_tsvector('simple', 'chunk'));
            INSERT INTO documents (id, character_id, user_id, name, format, bytes, sha256, status)
            VALUES (gen_random_uuid(), '{{ApiUser.Mira}}', '{{id}}', 'knowledge.txt', 'text', 3, sha256('{{id}}'), 'ready');
            INSERT INTO conversation_summaries (conversation_id, through_message_id, through_depth, text, model)
            SELECT conversation_id, id, depth, 'a summary of {{id}}', 'scripted' FROM messages WHERE conversation_id = '{{conversation}}' LIMIT 1;
            INSERT INTO prompt_texts (hash, text) VALUES (sha256('{{id}}'), 'a summary of {{id}}');
            UPDATE turn_prompts SET summary_hash = sha256('{{id}}') WHERE turn_id = '{{turn}}';
            INSERT INTO mails (id, kind, email, user_id) VALUES (gen_random_uuid(), 'test', '{{user.Email}}', NULL);
            INSERT INTO link_tokens VALUES (sha256('{{id}}'), '{{id}}', 'confirmEmail', '{{user.Email}}', now() + interval '1 day');
            INSERT INTO second_factors (user_id, secret, confirmed_at) VALUES ('{{id}}', 'sealed-secret', now());
            INSERT INTO recovery_codes VALUES ('{{id}}', 'x');
            INSERT INTO external_logins (provider, subject, user_id) VALUES ('test', '{{id}}', '{{id}}');
            INSERT INTO api_keys (id, user_id, name, prefix, hash, scopes, created_at) VALUES (gen_random_uuid(), '{{id}}', 'a key', right('{{id}}', 10), sha256('secret'), array['read'], now());
            INSERT INTO user_limits (user_id, requests_per_minute) VALUES ('{{id}}', 1000);
            INSERT INTO moderation_log (id, user_id, source, category, level, action, detector, rule, policy_scope, policy_version, excerpt, span_start, span_length, latency_ms, decided_by)
            VALUES (gen_random_uuid(), '{{id}}', 'message', 'hate', 'low', 'flag', 'rules', 'a rule', 'site', 1, 'of {{id}}', 0, 1, 1, '{{id}}'),
                   (gen_random_uuid(), NULL, 'name', 'hate', 'low', 'flag', 'rules', 'a rule', 'site', 1, 'of nobody', 0, 1, 1, '{{id}}');
            INSERT INTO memory_claims (work, user_id, character_id, fence, claimed_until) VALUES ('indexing', '{{id}}', '{{ApiUser.Mira}}', 1, '-infinity')
            """));
        Assert.Equal(1L, await host.SqlAsync($"SELECT count(*) FROM turn_prompts WHERE turn_id = '{turn}'"));
        return new FilledAccount(user, id, conversation, turn, file);
    }
}
