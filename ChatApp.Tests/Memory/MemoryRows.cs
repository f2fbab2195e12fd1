using System.Globalization;
using ChatApp.Tests.Api;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>What a host remembers, read behind its back.</summary>
internal static class MemoryRows
{
    /// <summary>A conversation's memories in the order of its path: <c>user: My dog</c>.</summary>
    public static Task<string[]> MemoriesAsync(this ApiHost host, Guid conversation) => host.TextsAsync(
        $"SELECT speaker || ': ' || text FROM memories WHERE conversation_id = '{conversation}' AND kind = 'message' ORDER BY position, text");

    /// <summary>The one column of a query, as texts.</summary>
    public static async Task<string[]> TextsAsync(this ApiHost host, string sql) =>
        (string[])(await host.SqlAsync($"SELECT coalesce(array_agg(t.c ORDER BY t.n), array[]::text[]) FROM (SELECT q.c, row_number() OVER () AS n FROM ({sql}) AS q (c)) AS t"))!;

    public static async Task<long> CountAsync(this ApiHost host, string from) =>
        Convert.ToInt64(await host.SqlAsync($"SELECT count(*) FROM {from}"), CultureInfo.InvariantCulture);

    /// <summary>Waits until the turns that have ended are remembered, and gives the conversation's memories.</summary>
    public static async Task<string[]> RememberedAsync(this ApiHost host, Guid conversation)
    {
        await host.UntilAsync($"NOT EXISTS (SELECT FROM turns WHERE conversation_id = '{conversation}' AND finished_at IS NOT NULL AND remembered_at IS NULL)");
        return await host.MemoriesAsync(conversation);
    }

    /// <summary>Waits until something is so in the tables.</summary>
    public static async Task UntilAsync(this ApiHost host, string condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!(bool)(await host.SqlAsync($"SELECT {condition}"))!)
        {
            Assert.True(DateTime.UtcNow < deadline, condition);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
