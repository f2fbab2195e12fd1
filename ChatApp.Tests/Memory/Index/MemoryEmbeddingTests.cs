using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Models;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>Memories get their embeddings behind people's backs, and are found by what they mean.</summary>
[Trait("Category", "Integration")]
public sealed class MemoryEmbeddingTests(StackFixture stack)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_Vector_FindsWhatSharesNoWord()
    {
        await using var model = await FakeEmbeddings.StartAsync();
        await using var qdrant = await FakeQdrant.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await QdrantHosts.StartAsync(stack, engine, qdrant.ConnectionString, null, Settings(model));
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        var puppy = await rows.AddAsync(scope, "I was given a puppy.");
        await rows.AddAsync(scope, "The ocean was cold.");
        await EmbeddedAsync(rows, scope, 2);
        await QdrantHosts.FollowedAsync(host, scope);

        var vector = await host.Services.GetRequiredService<ITextEmbedder>().EmbedQueryAsync("dog", Cancelled);
        var hits = await host.Services.GetRequiredService<IMemoryIndex>().SearchAsync(scope, new MemorySearch { Text = "dog", Vector = vector, Limit = 1 }, Cancelled);

        Assert.Equal(puppy, Assert.Single(hits).Id);
        Assert.Contains("document: I was given a puppy.", model.Texts);
        Assert.Contains("query: dog", model.Texts);
        Assert.DoesNotContain(qdrant.Requests, static r => r.Status >= 400);
    }

    [Fact]
    public async Task Embed_Rewritten_EmbedsTheNewText()
    {
        await using var model = await FakeEmbeddings.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, Settings(model));
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        var id = await rows.AddAsync(scope, "A dog.");
        await EmbeddedAsync(rows, scope, 1);

        await rows.RewriteAsync(scope, id, "A car.");

        await Until.TrueAsync(
            async () => await rows.ReadAsync<bool>("SELECT embedding[2] = 1 FROM memories WHERE id = @id", new { id }), static () => Task.FromResult("the car was embedded"));
    }

    [Fact]
    public async Task Embed_KeptInside_DoesNotGoOutside()
    {
        await using var model = await FakeEmbeddings.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, [.. Settings(model), ("Embeddings:Outside", "true")]);
        var rows = new IndexRows(host);
        var inside = await rows.ScopeAsync();
        var open = await rows.ScopeAsync();
        await rows.ExecuteAsync("INSERT INTO memory_scopes (user_id, character_id, stays_inside) VALUES (@UserId, @CharacterId, true)", new { inside.UserId, inside.CharacterId });
        await rows.AddAsync(inside, "A secret dog.");
        await rows.AddAsync(open, "A dog for all.");
        await EmbeddedAsync(rows, open, 1);
        await Until.TrueAsync(
            async () => await rows.ReadAsync<bool>("SELECT bool_and(embedded_version = version) FROM memory_scopes"), static () => Task.FromResult("both were looked at"));
        Assert.Equal(["document: A dog for all."], model.Texts);

        await rows.ExecuteAsync("UPDATE memory_scopes SET stays_inside = false WHERE user_id = @UserId", new { inside.UserId });

        await EmbeddedAsync(rows, inside, 1);
    }

    [Fact]
    public async Task Embed_ModelAway_WaitsForIt()
    {
        await using var model = await FakeEmbeddings.StartAsync();
        model.Status = 503;
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, Settings(model));
        var rows = new IndexRows(host);
        var scope = await rows.ScopeAsync();
        await rows.AddAsync(scope, "A dog.");
        await Until.TrueAsync(() => Task.FromResult(!model.Texts.IsEmpty), static () => Task.FromResult("it was asked"));
        Assert.Null(await host.Services.GetRequiredService<ITextEmbedder>().EmbedQueryAsync("dog", Cancelled));

        model.Status = 200;

        await EmbeddedAsync(rows, scope, 1);
    }

    [Fact]
    public async Task EmbedQuery_SlowModel_DoesNotWait()
    {
        await using var model = await FakeEmbeddings.StartAsync();
        model.Delay = TimeSpan.FromSeconds(20);
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, [.. Settings(model), ApiHostRows.WithoutWorker]);

        var begun = TimeProvider.System.GetTimestamp();
        Assert.Null(await host.Services.GetRequiredService<ITextEmbedder>().EmbedQueryAsync("dog", Cancelled));

        Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task EmbedQuery_Again_IsNotAskedAgain()
    {
        await using var model = await FakeEmbeddings.StartAsync();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine, [.. Settings(model), ApiHostRows.WithoutWorker]);
        var embedder = host.Services.GetRequiredService<ITextEmbedder>();

        var first = await embedder.EmbedQueryAsync("dog", Cancelled);

        Assert.Same(first, await embedder.EmbedQueryAsync("dog", Cancelled));
        Assert.Single(model.Texts);
        Assert.Null(await embedder.EmbedQueryAsync("  ", Cancelled));
    }

    [Fact]
    public async Task Embedder_NoneConfigured_HasNoModel()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);

        Assert.Null(host.Services.GetRequiredService<ITextEmbedder>().Model);
    }

    private static (string, string)[] Settings(FakeEmbeddings model) =>
    [
        ("Services:inference:http:0", model.Address), ("Embeddings:Model", "fake"), ("Embeddings:QueryPrefix", "query: "), ("Embeddings:DocumentPrefix", "document: "),
        ("Embeddings:QueryTimeout", "00:00:02"),
    ];

    private static Task EmbeddedAsync(IndexRows rows, MemoryScope scope, int count) => Until.TrueAsync(
        async () => await rows.ReadAsync<long>(
            "SELECT count(*) FROM memories WHERE user_id = @UserId AND character_id = @CharacterId AND embedding_model = 'fake' AND embedding IS NOT NULL",
            new { scope.UserId, scope.CharacterId }) == count,
        static () => Task.FromResult("they were embedded"));
}
