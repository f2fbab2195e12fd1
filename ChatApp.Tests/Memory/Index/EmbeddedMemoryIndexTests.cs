using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Models;
using ChatApp.Tests.Stack;
using ChatApp.Tests.Turns;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>The index that a process keeps follows the rows, whoever writes them.</summary>
[Trait("Category", "Integration")]
public sealed class EmbeddedMemoryIndexTests(StackFixture stack) : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private MemoryWorld _world = null!;
    private MemoryScope _scope;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string OfScope => $"user_id = '{_scope.UserId}' AND character_id = '{_scope.CharacterId}'";

    public async ValueTask InitializeAsync()
    {
        _world = await MemoryWorld.StartAsync(stack);
        _scope = await _world.NewScopeAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Search_AfterEveryKindOfChange_FindsWhatThereIs()
    {
        Assert.Empty(await _world.FindAsync(_scope, "dog"));

        var conversation = await _world.NewConversationAsync(_scope);
        var said = await _world.SayAsync(_scope, conversation, "My dog is called Rex", "What a fine name!");
        Assert.Equal(said[0].Id, (await _world.FindAsync(_scope, "the dogs"))[0]);

        var note = await _world.NoteAsync(_scope, "Allergic to peanuts");
        Assert.Equal([note.Id], await _world.FindAsync(_scope, "peanut"));

        await ChangeAsync($"UPDATE memories SET text = 'Likes cashews', terms = to_tsvector('english', 'Likes cashews'), version = @version WHERE id = '{note.Id}'");
        Assert.Empty(await _world.FindAsync(_scope, "peanut"));
        Assert.Equal([note.Id], await _world.FindAsync(_scope, "cashews"));

        await _world.SqlAsync($"DELETE FROM memories WHERE id = '{note.Id}'");
        Assert.Empty(await _world.FindAsync(_scope, "cashews"));

        await _world.SqlAsync($"DELETE FROM conversations WHERE id = '{conversation}'");
        Assert.Empty(await _world.FindAsync(_scope, "dog"));
    }

    [Fact]
    public async Task Search_ScopeMadeAnewWithAsManyChanges_FindsTheNewOnly()
    {
        await _world.NoteAsync(_scope, "An old cat");
        Assert.NotEmpty(await _world.FindAsync(_scope, "cat"));

        // The same number of changes, so that the versions are the same.
        await _world.SqlAsync($"DELETE FROM memory_scopes WHERE {OfScope}");
        var fresh = await _world.NoteAsync(_scope, "A new cat");

        Assert.Equal([fresh.Id], await _world.FindAsync(_scope, "cat"));
    }

    [Fact]
    public async Task Search_CharacterIsGone_FindsNothingAndHoldsNothing()
    {
        await _world.NoteAsync(_scope, "A cat");
        Assert.NotEmpty(await _world.FindAsync(_scope, "cat"));
        Assert.Equal(1, _world.Scopes.Count);

        await _world.SqlAsync($"DELETE FROM characters WHERE id = '{_scope.CharacterId}'");

        Assert.Empty(await _world.FindAsync(_scope, "cat"));
        Assert.Equal(0, _world.Scopes.Count);
    }

    [Fact]
    public async Task Search_RandomChanges_AsAnIndexThatBeginsAnew()
    {
        var random = new Random(11);
        string[] words = ["dog", "cat", "sea", "ship", "moon", "bread", "song", "rain"];
        string Text() => string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)]));
        Guid[] conversations = [await _world.NewConversationAsync(_scope), await _world.NewConversationAsync(_scope)];
        for (var step = 0; step < 40; step++)
        {
            var conversation = conversations[random.Next(conversations.Length)];
            switch (random.Next(6))
            {
                case 0:
                    await _world.SqlAsync($"DELETE FROM memories WHERE id IN (SELECT id FROM memories WHERE {OfScope} ORDER BY md5(id::text || '{step}') LIMIT 2)");
                    break;
                case 1:
                    // A pause, which divides a conversation in two.
                    await ChangeAsync($"UPDATE memories SET said_at = said_at + interval '6 hours', version = @version WHERE conversation_id = '{conversation}' AND position > {random.Next(8)}");
                    break;
                case 2:
                    await _world.NoteAsync(_scope, Text());
                    break;
                default:
                    await _world.SayAsync(_scope, conversation, Text(), Text());
                    break;
            }

            foreach (var question in (string[])[words[random.Next(words.Length)], $"{words[random.Next(words.Length)]} {words[random.Next(words.Length)]}"])
            {
                var search = new MemorySearch { Text = question, Limit = 200 };
                var kept = await _world.Index.SearchAsync(_scope, search, Cancelled);
                var anew = await _world.AnotherIndex().SearchAsync(_scope, search, Cancelled);
                Assert.Equal(Rounded(anew), Rounded(kept));
            }
        }

        Assert.NotEmpty(await _world.FindAsync(_scope, string.Join(' ', words)));
    }

    [Fact]
    public async Task Search_ManyScopesAndQuestions_NothingForeign()
    {
        var random = new Random(5);
        string[] words = ["dog", "cat", "sea", "ship", "moon", "bread"];
        Guid[] users = [await _world.NewUserAsync(), await _world.NewUserAsync(), await _world.NewUserAsync()];
        Guid[] characters = [await _world.NewCharacterAsync(), await _world.NewCharacterAsync(), await _world.NewCharacterAsync()];
        MemoryScope[] scopes = [.. users.SelectMany(u => characters.Select(c => new MemoryScope(u, c)))];
        var owners = new Dictionary<Guid, MemoryScope>();
        for (var i = 0; i < 60; i++)
        {
            var scope = scopes[random.Next(scopes.Length)];
            var text = string.Join(' ', Enumerable.Range(0, 4).Select(_ => words[random.Next(words.Length)]));
            owners.Add((await _world.NoteAsync(scope, text, pinned: random.Next(4) == 0)).Id, scope);
        }

        for (var i = 0; i < 60; i++)
        {
            var scope = scopes[random.Next(scopes.Length)];
            var question = $"{words[random.Next(words.Length)]} {words[random.Next(words.Length)]}";
            var found = await _world.FindAsync(scope, question);
            Assert.All(found, id => Assert.Equal(scope, owners[id]));
            Assert.Equal(found.Count, found.Distinct().Count());
        }

        Assert.Equal(owners.Count(o => o.Value == scopes[0]), (await _world.FindAsync(scopes[0], string.Join(' ', words))).Count);
    }

    [Fact]
    public async Task Search_ColdScopeAskedByManyAtOnce_IsReadOnce()
    {
        var note = await _world.NoteAsync(_scope, "A cat");
        await using var blocker = new NpgsqlConnection(_world.Database);
        await blocker.OpenAsync(Cancelled);
        await using var transaction = await blocker.BeginTransactionAsync(Cancelled);
        await using (var hold = new NpgsqlCommand("LOCK TABLE memories IN ACCESS EXCLUSIVE MODE", blocker, transaction))
        {
            await hold.ExecuteNonQueryAsync(Cancelled);
        }

        // While the rows cannot be read, everybody comes.
        var searches = Enumerable.Range(0, 6).Select(_ => _world.FindAsync(_scope, "cat")).ToList();
        await UntilAsync(async () => await ReadersAsync() >= 1);
        for (var look = 0; look < 50; look++)
        {
            Assert.Equal(1, await ReadersAsync());
        }

        await transaction.CommitAsync(Cancelled);
        Assert.All(await Task.WhenAll(searches), found => Assert.Equal([note.Id], found));
    }

    [Fact]
    public async Task Search_NotesOfRemovalsMayBePruned_TheScopeIsReadAnew()
    {
        await using var world = await MemoryWorld.StartAsync(stack, services => services.AddSingleton<TimeProvider>(_time));
        var scope = await world.NewScopeAsync();
        var gone = await world.NoteAsync(scope, "A cat");
        var stays = await world.NoteAsync(scope, "Another cat");
        Assert.Equal(2, (await world.FindAsync(scope, "cat")).Count);

        await world.SqlAsync($"DELETE FROM memories WHERE id = '{gone.Id}'; DELETE FROM memory_removals");
        _time.Advance(TimeSpan.FromHours(25));

        Assert.Equal([stays.Id], await world.FindAsync(scope, "cat"));
    }

    [Fact]
    public async Task Search_NoRoomForAllScopes_TheOneAskedLongestAgoGoes()
    {
        await using var world = await MemoryWorld.StartAsync(stack, null, ("Memory:Index:CacheMegabytes", "1"));
        MemoryScope[] scopes = [await world.NewScopeAsync(), await world.NewScopeAsync(), await world.NewScopeAsync()];
        foreach (var scope in scopes)
        {
            // About 600 kilobytes each.
            var notes = Enumerable.Range(0, 900).Select(i => new NewMemory(MemoryKind.Note, MemorySpeaker.User, $"cat number{i} likes fish{i % 7}", DateTimeOffset.UtcNow));
            Assert.True(await world.Store.AddAsync(scope, [.. notes], Cancelled));
            Assert.NotEmpty(await world.FindAsync(scope, "cat"));
        }

        Assert.Equal(1, world.Scopes.Count);
        Assert.NotEmpty(await world.FindAsync(scopes[0], "fish3"));
    }

    [Fact]
    public async Task Search_WithoutMessages_TheirNeighboursAreStillFoundByThem()
    {
        var said = await _world.SayAsync(_scope, await _world.NewConversationAsync(_scope), "What is your parrot called?", "Captain, of course");
        var search = new MemorySearch { Text = "parrot", WithoutMessages = new HashSet<Guid> { said[0].MessageId!.Value } };

        var hit = Assert.Single(await _world.Index.SearchAsync(_scope, search, Cancelled));

        Assert.Equal(said[1].Id, hit.Id);
        Assert.Empty(hit.Words);
        Assert.Null(hit.Similarity);
        Assert.InRange(hit.Score, 0.01, 1);
    }

    [Fact]
    public async Task Search_DateAndSpeakerInTheQuestion_ComeFirst()
    {
        var conversation = await _world.NewConversationAsync(_scope);
        var said = await _world.SayAsync(_scope, conversation, "We went sailing", "We went sailing", "Nothing", "Nothing", "Nothing", "We went sailing");
        await ChangeAsync($"UPDATE memories SET said_at = '2023-05-08', version = @version WHERE id = '{said[5].Id}'");

        Assert.Equal(said[5].Id, (await _world.FindAsync(_scope, "sailing in May 2023"))[0]);
        var named = new MemorySearch { Text = "When did Mira go sailing?", UserName = "Ada", CharacterName = "Mira" };
        Assert.NotEqual(said[0].Id, (await _world.Index.SearchAsync(_scope, named, Cancelled))[0].Id);
        Assert.Equal(said[0].Id, (await _world.Index.SearchAsync(_scope, named with { Text = "When did Ada go sailing?" }, Cancelled))[0].Id);
    }

    [Fact]
    public async Task Search_WithAVector_WhatIsNearInMeaningIsFoundToo()
    {
        await using var world = await MemoryWorld.StartAsync(stack, services => services.AddSingleton<ITextEmbedder>(new FixedEmbedder("a-model")));
        var scope = await world.NewScopeAsync();
        var near = await world.NoteAsync(scope, "Feline companion");
        var far = await world.NoteAsync(scope, "Tax return");
        var other = await world.NoteAsync(scope, "Something else");
        await world.SqlAsync($"""
            UPDATE memories SET embedding = CASE id WHEN '{near.Id}' THEN ARRAY[2, 0.2, 0] WHEN '{far.Id}' THEN ARRAY[0, 1, 0] ELSE ARRAY[0, 0, 1] END,
                embedding_model = CASE id WHEN '{other.Id}' THEN 'another-model' ELSE 'a-model' END
            """);

        var hits = await world.Index.SearchAsync(scope, new MemorySearch { Text = "kitten tax", Vector = [1, 0, 0] }, Cancelled);

        Assert.Equal(new HashSet<Guid> { near.Id, far.Id }, hits.Select(static h => h.Id).ToHashSet());
        Assert.InRange(hits.First(h => h.Id == near.Id).Similarity!.Value, 0.99, 1);
        Assert.All(hits, static h => Assert.InRange(h.Score, 1e-9, 1));
        Assert.DoesNotContain(hits, h => h.Id == other.Id);
    }

    [Fact]
    public async Task Search_NoWordsOrNoScope_NothingOrRefused()
    {
        await _world.NoteAsync(_scope, "A cat");
        Assert.Empty(await _world.FindAsync(_scope, "  "));
        Assert.Empty(await _world.FindAsync(_scope, "the of and"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _world.FindAsync(default, "cat"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _world.Index.SearchAsync(_scope, new MemorySearch { Text = "cat", Limit = 201 }, Cancelled));
    }

    private Task<object?> ChangeAsync(string update) => _world.SqlAsync($"""
        WITH raised AS (UPDATE memory_scopes SET version = version + 1 WHERE {OfScope} RETURNING version)
        {update.Replace("@version", "(SELECT version FROM raised)", StringComparison.Ordinal)}
        """);

    private async Task<long> ReadersAsync() => (long)(await _world.SqlAsync(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name LIKE 'chatapp%' AND query LIKE '%terms::text%'"))!;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not come to that.");
            await Task.Delay(20, Cancelled);
        }
    }

    private static IEnumerable<(Guid, double)> Rounded(IEnumerable<MemoryHit> hits) => hits.Select(static h => (h.Id, Math.Round(h.Score, 6)));
}
