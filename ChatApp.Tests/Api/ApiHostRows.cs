using System.Globalization;

namespace ChatApp.Tests.Api;

/// <summary>What a test does to a host's rows behind its back. For hosts without a worker: there only the test ends turns.</summary>
internal static class ApiHostRows
{
    /// <summary>The setting that makes a host serve HTTP alone, so that turns stay queued.</summary>
    public static readonly (string Key, string Value) WithoutWorker = ("ChatApp:Role", "api");

    /// <summary>A fingerprint of everything that people have written: equal only when nothing at all has changed.</summary>
    public static async Task<string> FingerprintAsync(this ApiHost host) => (string)(await host.SqlAsync("""
        SELECT concat_ws(' ',
            (SELECT count(*) || ':' || md5(coalesce(string_agg(c::text, '|' ORDER BY id), '')) FROM conversations c),
            (SELECT count(*) || ':' || md5(coalesce(string_agg(m::text, '|' ORDER BY id), '')) FROM messages m),
            (SELECT count(*) || ':' || md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM turns t))
        """))!;

    /// <summary>Ends a turn as a worker would have.</summary>
    public static Task EndTurnAsync(this ApiHost host, Guid turn, string status, string text, string? finishReason = null)
    {
        var messageStatus = status switch { "completed" => "complete", "cancelled" => "stopped", _ => "failed" };
        var sql = string.Create(CultureInfo.InvariantCulture, $"""
            WITH ended AS (
                UPDATE turns SET status = '{status}', event_seq = event_seq + 2, finish_reason = {Literal(finishReason)}, attempt = 1, finished_at = now()
                WHERE id = '{turn}' RETURNING assistant_message_id)
            UPDATE messages SET status = '{messageStatus}', text = {Literal(text)} FROM ended WHERE messages.id = ended.assistant_message_id
            """);
        return host.SqlAsync(sql);
    }

    private static string Literal(string? text) => text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
