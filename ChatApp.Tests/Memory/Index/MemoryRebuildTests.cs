using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatApp.Api.Memory.Index;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>The index is built again from Postgres.</summary>
[Trait("Category", "Integration")]
public sealed class MemoryRebuildTests(StackFixture stack)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rebuild_Qdrant_FillsAnotherCollectionWithProgress()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        var id = await rows.AddAsync(scope, "The violin needs a new string.");
        await rows.AddAsync(await rows.ScopeAsync(), "Something else.");
        await QdrantHosts.FollowedAsync(host, scope);
        var before = qdrant.Names().Single();
        using var user = await host.SignUpAsync();
        using (var refused = await user.Client.PostAsync("/api/admin/memory-index/rebuild", null, Cancelled))
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await BecomeAdminAsync(host, user);
        using var accepted = await user.Client.PostAsync("/api/admin/memory-index/rebuild", null, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        JsonNode status = null!;
        await Until.TrueAsync(
            async () => (string)(status = await user.GetAsync("/api/admin/memory-index"))["state"]! == "ready" && qdrant.Names().Count == 2,
            () => Task.FromResult(status.ToJsonString()));

        Assert.Equal("qdrant", (string)status["index"]!);
        Assert.Equal(2, (int)status["done"]!);
        Assert.Equal(2, (int)status["total"]!);
        Assert.NotNull(status["finishedAt"]);
        Assert.Null((string?)status["error"]);
        Assert.Equal(before, (string?)await host.SqlAsync("SELECT leaving[1] FROM memory_index"));
        Assert.Equal(2, qdrant.Collection((string)(await host.SqlAsync("SELECT collection FROM memory_index"))!).Points.Count);
        Assert.Equal(id, Assert.Single(await host.Services.GetRequiredService<IMemoryIndex>().SearchAsync(scope, new MemorySearch { Text = "violin" }, Cancelled)).Id);
    }

    [Fact]
    public async Task Rebuild_QdrantAway_SaysSoAndGoesOnLater()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        await rows.AddAsync(scope, "The violin needs a new string.");
        await QdrantHosts.FollowedAsync(host, scope);
        using var admin = await host.SignUpAsync();
        await BecomeAdminAsync(host, admin);

        qdrant.Fault = ("/points", 500);
        using var accepted = await admin.Client.PostAsync("/api/admin/memory-index/rebuild", null, Cancelled);
        JsonNode status = null!;
        await Until.TrueAsync(
            async () => (status = await admin.GetAsync("/api/admin/memory-index"))["error"] is not null, () => Task.FromResult(status.ToJsonString()));
        Assert.Equal("rebuilding", (string)status["state"]!);
        qdrant.Fault = null;

        await Until.TrueAsync(
            async () => (string)(status = await admin.GetAsync("/api/admin/memory-index"))["state"]! == "ready", () => Task.FromResult(status.ToJsonString()));
        Assert.Null((string?)status["error"]);
    }

    [Fact]
    public async Task Rebuild_AnotherProcessBeganIt_GoesOnAfterTheLastScope()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        var rows = new IndexRows(host);
        var done = await rows.ScopeAsync();
        var left = await rows.ScopeAsync(); // with a later id, so it is behind the other
        await rows.AddAsync(done, "Done.");
        await rows.AddAsync(left, "Left.");
        await QdrantHosts.FollowedAsync(host, done);
        await QdrantHosts.FollowedAsync(host, left);

        // As a process leaves it that died after the first scope: claimed, and the claim has ended.
        await rows.ExecuteAsync("""
            UPDATE memory_index SET rebuild = 'running', filling = collection, after_user = @UserId, after_character = @CharacterId,
                done = 1, total = 2, claim = gen_random_uuid(), claimed_until = clock_timestamp(), finished_at = NULL
            """, new { done.UserId, done.CharacterId });
        await QdrantHosts.FollowedAsync(host, left);

        Assert.Equal(2, await rows.ReadAsync<long>("SELECT done FROM memory_index"));
    }

    [Fact]
    public async Task Rebuild_Embedded_MakesTheTermsAgainInAnotherLanguage()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var english = await ApiHost.StartAsync(stack, engine);
        var rows = new IndexRows(english);
        var scope = await rows.ScopeAsync();
        var id = await rows.AddAsync(scope, "Running along rivers");
        await Until.TrueAsync(
            async () => await rows.ReadAsync<bool>("SELECT EXISTS (SELECT FROM memory_index)"), static () => Task.FromResult("a worker has begun"));
        var version = await rows.ReadAsync<long>("SELECT version FROM memories WHERE id = @id", new { id });

        await using var simple = await ApiHost.StartAsync(stack, engine, english.Database, ("Retrieval:Language", "simple"));

        await Until.TrueAsync(
            async () => await rows.ReadAsync<bool>("SELECT finished_at IS NOT NULL AND rebuild = 'none' FROM memory_index"),
            async () => $"It is built. {await rows.ReadAsync<string>("SELECT row_to_json(i)::text FROM memory_index i")}");
        Assert.Equal("'along':2 'rivers':3 'running':1", await rows.ReadAsync<string>("SELECT terms::text FROM memories WHERE id = @id", new { id }));
        Assert.True(await rows.ReadAsync<long>("SELECT version FROM memories WHERE id = @id", new { id }) > version);
    }

    private static async Task BecomeAdminAsync(ApiHost host, ApiUser user)
    {
        await host.SqlAsync($"UPDATE users SET role = 'admin' WHERE email = '{user.Email}'");
        using var response = await user.Client.PostAsJsonAsync("/api/auth/sign-in", new { email = user.Email, password = ApiUser.Password }, Cancelled);
        user.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)(await ApiUser.JsonAsync(response))["accessToken"]!);
    }
}
