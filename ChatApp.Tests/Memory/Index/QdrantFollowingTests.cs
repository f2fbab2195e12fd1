using System.Net;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Memory.Index.Qdrant;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>Nothing is lost between Postgres and Qdrant, whatever goes away.</summary>
[Trait("Category", "Integration")]
public sealed class QdrantFollowingTests(StackFixture stack)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_QdrantAway_ServesAndFollowsLater()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        qdrant.IsAway = true;
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        var id = await rows.AddAsync(scope, "The lighthouse keeper has a parrot.");

        using var client = new HttpClient { BaseAddress = host.Address };
        using var health = await client.GetAsync("/health", Cancelled);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Contains("\"qdrant\":{\"status\":\"Degraded\"", await health.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => SearchAsync(host, scope, "parrot"));

        qdrant.IsAway = false;

        await QdrantHosts.FollowedAsync(host, scope);
        Assert.Equal([id], await SearchAsync(host, scope, "parrot"));
    }

    [Fact]
    public async Task Follow_AwayInBetween_LosesNothing()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        var wiped = await rows.ScopeAsync();
        var gone = await rows.AddAsync(scope, "The parrot is green.");
        await rows.AddAsync(wiped, "The parrot is mine.");
        await QdrantHosts.FollowedAsync(host, scope);
        await QdrantHosts.FollowedAsync(host, wiped);

        qdrant.IsAway = true;
        await rows.RemoveAsync(gone);
        var added = await rows.AddAsync(scope, "The parrot flew away.");
        await rows.WipeAsync(wiped);
        // However long that lasts: what is noted for others is gone by then.
        await rows.ExecuteAsync("DELETE FROM memory_removals");
        qdrant.IsAway = false;

        await QdrantHosts.FollowedAsync(host, scope);
        await QdrantHosts.FollowedAsync(host, wiped);
        Assert.Equal([added], await SearchAsync(host, scope, "parrot"));
        Assert.Equal([added], qdrant.Points().Select(static p => p.Id));
    }

    [Theory]
    [InlineData("/points", 500)]
    [InlineData("/points", 503)]
    [InlineData("/delete", 500)]
    public async Task Follow_Refused_TriesAgain(string path, int status)
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        var gone = await rows.AddAsync(scope, "A kite in the wind.");
        await QdrantHosts.FollowedAsync(host, scope);

        qdrant.Fault = (path, status);
        await rows.RemoveAsync(gone);
        var added = await rows.AddAsync(scope, "A kite in a tree.");
        await Until.TrueAsync(() => Task.FromResult(qdrant.Requests.Any(r => r.Status == status)), static () => Task.FromResult("it was refused"));
        qdrant.Fault = null;

        await QdrantHosts.FollowedAsync(host, scope);
        Assert.Equal([added], await SearchAsync(host, scope, "kite"));
    }

    [Fact]
    public async Task Search_Slow_EndsInTime()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString, null, ("Qdrant:SearchTimeout", "00:00:00.300"));
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        await rows.AddAsync(scope, "A kite in the wind.");
        await QdrantHosts.FollowedAsync(host, scope);
        qdrant.Delay = TimeSpan.FromSeconds(20);

        var begun = TimeProvider.System.GetTimestamp();
        var failure = await Assert.ThrowsAsync<QdrantException>(() => SearchAsync(host, scope, "kite"));

        Assert.Contains("0.3 s", failure.Message, StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Follow_DataLost_FillsItAgain()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        var quiet = await rows.ScopeAsync();
        var first = await rows.AddAsync(scope, "Saffron is expensive.");
        var other = await rows.AddAsync(quiet, "Saffron is yellow.");
        await QdrantHosts.FollowedAsync(host, scope);
        await QdrantHosts.FollowedAsync(host, quiet);

        qdrant.Forget();
        var second = await rows.AddAsync(scope, "Saffron grows in Iran.");

        await QdrantHosts.FollowedAsync(host, scope);
        await QdrantHosts.FollowedAsync(host, quiet);
        Assert.Equal(new[] { first, second }.Order(), (await SearchAsync(host, scope, "saffron")).Order());
        Assert.Equal([other], await SearchAsync(host, quiet, "saffron"));
    }

    [Fact]
    public async Task Follow_WorkerDied_AnotherGoesOn()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        await rows.ExecuteAsync(
            "INSERT INTO memory_claims VALUES ('index', @UserId, @CharacterId, nextval('memory_claim_fences'), clock_timestamp() + interval '1 second')",
            new { scope.UserId, scope.CharacterId });

        var id = await rows.AddAsync(scope, "It began and never ended.");

        await QdrantHosts.FollowedAsync(host, scope);
        Assert.Equal([id], await SearchAsync(host, scope, "began"));
    }

    [Fact]
    public async Task Write_UnderAnOlderClaim_UndoesNothing()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString, null, ApiHostRows.WithoutWorker);
        var collections = host.Services.GetRequiredService<QdrantCollections>();
        var collection = QdrantCollections.Named(dense: null);
        await collections.CreateAsync(collection, Cancelled);
        var tenant = collections.Tenant(collection, new MemoryScope(Guid.NewGuid(), Guid.NewGuid()));
        var id = Guid.NewGuid();
        await tenant.UpsertAsync([Memory(id, 2)], fence: 5, Cancelled);

        await tenant.UpsertAsync([Memory(id, 1)], fence: 4, Cancelled);
        await tenant.DeleteAsync([id], fence: 4, Cancelled);
        await tenant.DeleteAllAsync(fence: 4, Cancelled);

        Assert.Equal(2, Assert.Single(qdrant.Points()).Sparse["text"][7]);
        await tenant.DeleteAsync([id], fence: 5, Cancelled);
        Assert.Empty(qdrant.Points());
    }

    [Fact]
    public async Task Follow_TwoProcesses_EndAsPostgresIs()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var one = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        await using var two = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString, one.Database);
        var rows = new IndexRows(one);
        var random = new Random(7);
        var scopes = new[] { await rows.ScopeAsync(), await rows.ScopeAsync() };
        var there = new List<(MemoryScope Scope, Guid Id)>();
        for (var i = 0; i < 60; i++)
        {
            var scope = scopes[random.Next(2)];
            switch (there.Count == 0 ? 0 : random.Next(4))
            {
                case 0 or 1:
                    there.Add((scope, await rows.AddAsync(scope, $"Thing {i}.")));
                    break;
                case 2:
                    var changed = there[random.Next(there.Count)];
                    await rows.RewriteAsync(changed.Scope, changed.Id, $"Changed {i}.");
                    break;
                default:
                    await rows.RemoveAsync(there[0].Id);
                    there.RemoveAt(0);
                    break;
            }
        }

        foreach (var scope in scopes)
        {
            await QdrantHosts.FollowedAsync(one, scope);
        }

        Assert.Equal(there.Select(static t => t.Id).Order(), qdrant.Points().Select(static p => p.Id).Order());
    }

    [Fact]
    public async Task Requests_WhateverIsSaid_HoldNoWordOfIt()
    {
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString);
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync("Quillfeather");
        await rows.AddAsync(scope, "Brimwick Zanzibar");
        await QdrantHosts.FollowedAsync(host, scope);
        await SearchAsync(host, scope, "Brimwick");

        Assert.Contains(qdrant.Requests, static r => r.Path.EndsWith("/query", StringComparison.Ordinal));
        Assert.DoesNotContain(qdrant.Requests, static r => new[] { "brimwick", "zanzibar", "quillfeather" }.Any(w => r.Body.Contains(w, StringComparison.OrdinalIgnoreCase)));
        var collection = qdrant.Collection(qdrant.Names().Single());
        Assert.Equal("keyword, tenant", collection.Fields["tenant"]);
    }

    [Fact]
    public void Tenant_OfNobody_CannotBeMade() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new QdrantTenant(null!, new QdrantOptions(), new QdrantCollection("any", null), default));

    private static MemoryPoint Memory(Guid id, float weight) => new(id, null, new([7], [weight]), new([7], [weight]), null);

    private static async Task<IReadOnlyList<Guid>> SearchAsync(ApiHost host, MemoryScope scope, string text) =>
        [.. (await host.Services.GetRequiredService<IMemoryIndex>().SearchAsync(scope, new MemorySearch { Text = text }, Cancelled)).Select(static h => h.Id)];
}
