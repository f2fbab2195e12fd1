using System.Net.Http.Json;
using ChatApp.Api.Knowledge;
using ChatApp.Api.Knowledge.Reading;
using ChatApp.Api.Knowledge.Search;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;
using static ChatApp.Tests.Knowledge.DocumentClient;

namespace ChatApp.Tests.Knowledge;

/// <summary>What an embedding model adds to the search in documents.</summary>
[Trait("Category", "Integration")]
public sealed class ChunkEmbeddingTests(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _ada = null!;
    private Guid _conversation;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine);
        _ada = await _host.SignUpAsync();
        _conversation = await _ada.StartConversationAsync();
        await _ada.AddDocumentAsync(OfConversation(_conversation), "guide.md", Samples.Utf8(Samples.Guide));
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Search_OtherWordsSameMeaning_FoundByEmbedding()
    {
        var embedder = new TopicEmbedder("topics");
        var search = ActivatorUtilities.CreateInstance<KnowledgeSearch>(_host.Services, embedder);
        var scope = new KnowledgeScope(ApiUser.Mira, _conversation);
        var request = new KnowledgeRequest { Text = "guarantee?" };

        Assert.Empty((await search.SearchAsync(scope, request, Cancelled)).Snippets);
        await EmbedAsync(embedder);
        var snippet = Assert.Single((await search.SearchAsync(scope, request, Cancelled)).Snippets);

        Assert.Contains("36 months", snippet.Text, StringComparison.Ordinal);
        Assert.Equal(["similar meaning"], snippet.Reasons);
        // A model that is away is no reason to fail, and what words find is found.
        embedder.Answers = false;
        Assert.Empty((await search.SearchAsync(scope, request, Cancelled)).Snippets);
        Assert.Single((await search.SearchAsync(scope, request with { Text = "warranty?" }, Cancelled)).Snippets);
    }

    [Fact]
    public async Task Embed_AnotherModel_ReplacesAll()
    {
        await EmbedAsync(new TopicEmbedder("first"));
        await EmbedAsync(new TopicEmbedder("second"));

        Assert.Equal(3L, await _host.SqlAsync("SELECT count(*) FROM document_chunks WHERE embedding_model = 'second' AND array_length(embedding, 1) = 4"));
    }

    [Fact]
    public async Task Outside_WhatStaysInside_IsNotSentThere()
    {
        var other = await _ada.StartConversationAsync(new Guid("01980000-0000-7000-8000-000000000002"));
        await _ada.AddDocumentAsync(OfConversation(other), "guide.md", Samples.Utf8(Samples.Guide));
        using var kept = await _ada.Client.PutAsJsonAsync($"/api/characters/{ApiUser.Mira}/memory", new { remembers = true, staysInside = true }, Cancelled);
        kept.EnsureSuccessStatusCode();
        var embedder = new TopicEmbedder("outside") { IsOutside = true };
        var search = ActivatorUtilities.CreateInstance<KnowledgeSearch>(_host.Services, embedder);

        await EmbedAsync(embedder, $"document_id IN (SELECT id FROM documents WHERE conversation_id = '{other}')");
        var found = await search.SearchAsync(new KnowledgeScope(ApiUser.Mira, _conversation), new KnowledgeRequest { Text = "warranty?" }, Cancelled);

        Assert.Single(found.Snippets);
        Assert.Equal(0, embedder.Questions);
        Assert.Equal(0L, await _host.SqlAsync($"SELECT count(embedding) FROM document_chunks WHERE document_id IN (SELECT id FROM documents WHERE conversation_id = '{_conversation}')"));
    }

    private async Task EmbedAsync(TopicEmbedder embedder, string which = "true")
    {
        using var work = new ChunkEmbeddingWork(
            _host.Services.GetRequiredService<NpgsqlDataSource>(),
            embedder,
            _host.Services.GetRequiredService<DatabaseReadiness>(),
            TimeProvider.System,
            NullLogger<ChunkEmbeddingWork>.Instance);
        await work.StartAsync(Cancelled);
        while ((long)(await _host.SqlAsync($"SELECT count(*) FROM document_chunks WHERE {which} AND embedding_model IS DISTINCT FROM '{embedder.Model}'"))! > 0)
        {
            await Task.Delay(50, Cancelled);
        }

        await work.StopAsync(Cancelled);
    }
}
