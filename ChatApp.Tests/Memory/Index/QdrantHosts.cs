using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index.Following;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;

namespace ChatApp.Tests.Memory.Index;

/// <summary>Hosts whose memories are in Qdrant.</summary>
internal static class QdrantHosts
{
    public static Task<ApiHost> StartAsync(StackFixture stack, ScriptedEngine engine, string connectionString, string? database = null, params (string Key, string Value)[] settings)
    {
        (string, string)[] all = [("ConnectionStrings:qdrant_http", connectionString), ("Qdrant:PollInterval", "00:00:00.050"), .. settings];
        return database is null ? ApiHost.StartAsync(stack, engine, all) : ApiHost.StartAsync(stack, engine, database, all);
    }

    /// <summary>Waits until Qdrant was told of everything there is of the scope.</summary>
    public static async Task FollowedAsync(ApiHost host, MemoryScope scope)
    {
        host.Services.GetService<MemoryIndexFollowing>()?.Wake();
        var rows = new IndexRows(host);
        await Until.TrueAsync(async () => await rows.ReadAsync<bool>("""
            SELECT EXISTS (SELECT FROM memory_index WHERE collection IS NOT NULL AND rebuild = 'none')
                AND NOT EXISTS (SELECT FROM memory_scopes WHERE user_id = @UserId AND character_id = @CharacterId AND version > indexed_version)
                AND NOT EXISTS (SELECT FROM memory_index_removals WHERE user_id = @UserId AND character_id = @CharacterId)
            """, new { scope.UserId, scope.CharacterId }), async () => $"Qdrant was told. {await rows.ReadAsync<string>("SELECT row_to_json(i)::text FROM memory_index i")}");
    }
}
