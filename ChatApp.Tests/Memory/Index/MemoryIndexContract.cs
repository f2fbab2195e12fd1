using System.Globalization;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

/// <summary>What every index promises, whatever it is made of.</summary>
public abstract class MemoryIndexContract : IAsyncDisposable
{
    private protected ApiHost Host { get; private set; } = null!;

    private protected IndexRows Rows { get; private set; } = null!;

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Search_Words_FindsWhatHasThem()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        var dog = await Rows.AddAsync(scope, "My dog is called Brimwick.");
        await Rows.AddAsync(scope, "I work in a bakery near the station.");

        var hits = await FindAsync(scope, "What is my dog called?");

        Assert.Equal(dog, hits[0].Id);
        Assert.All(hits, static hit => Assert.InRange(hit.Score, double.Epsilon, 1));
        Assert.Equal(hits.OrderByDescending(static h => h.Score).Select(static h => h.Id), hits.Select(static h => h.Id));
    }

    [Fact]
    public async Task Search_AnotherFormOfTheWord_FindsIt()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        var run = await Rows.AddAsync(scope, "Yesterday I was running along the rivers.");
        await Rows.AddAsync(scope, "Tea is better than coffee.");

        Assert.Equal([run], await IdsAsync(scope, "runs river"));
    }

    [Fact]
    public async Task Search_WordsOfANeighbour_FindWhatWasSaidBesideThem()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        var conversation = await Rows.ConversationAsync(scope);
        await Rows.AddAsync(scope, "Where did you go on holiday?", conversation, 1, Guid.NewGuid(), MemorySpeaker.Character);
        var lisbon = await Rows.AddAsync(scope, "To Lisbon, with Jonas.", conversation, 2, Guid.NewGuid());
        for (var position = 3; position < 9; position++)
        {
            await Rows.AddAsync(scope, "Lovely weather.", conversation, position, Guid.NewGuid());
        }

        var far = await Rows.AddAsync(scope, "The washing machine broke.", conversation, 9, Guid.NewGuid());

        var found = (await IdsAsync(scope, "holiday")).ToList();

        // What is far may be found by its whole conversation, but after what is near.
        Assert.Contains(lisbon, found);
        Assert.True(!found.Contains(far) || found.IndexOf(far) > found.IndexOf(lisbon));
    }

    [Fact]
    public async Task Search_OtherScopes_FindsNothingOfThem()
    {
        await BeginAsync();
        var mine = await Rows.ScopeAsync();
        var withOther = await Rows.OtherCharacterAsync(mine);
        var somebody = await Rows.ScopeAsync();
        foreach (var scope in new[] { withOther, somebody })
        {
            await Rows.AddAsync(scope, "The code of the safe is 4711.");
        }

        Assert.Empty(await IdsAsync(mine, "code safe 4711"));
        await Rows.AddAsync(mine, "I have no safe.");
        Assert.Single(await IdsAsync(mine, "code safe 4711"));
    }

    [Fact]
    public async Task Search_ManyScopesAndRandomQueries_NeverCross()
    {
        await BeginAsync();
        var random = new Random(20260801);
        string[] words = ["river", "lantern", "violin", "saffron", "harbour", "meadow", "copper", "thunder", "orchard", "puzzle", "glacier", "velvet"];
        var owners = new Dictionary<Guid, MemoryScope>();
        var scopes = new List<MemoryScope>();
        for (var i = 0; i < 6; i++)
        {
            var scope = i % 2 == 0 ? await Rows.ScopeAsync() : await Rows.OtherCharacterAsync(scopes[^1]);
            scopes.Add(scope);
            for (var j = 0; j < 8; j++)
            {
                owners[await Rows.AddAsync(scope, string.Join(' ', random.GetItems(words, 4)))] = scope;
            }
        }

        foreach (var scope in scopes)
        {
            await FollowedAsync(scope);
        }

        var found = 0;
        for (var i = 0; i < 60; i++)
        {
            var scope = random.GetItems(scopes.ToArray(), 1)[0];
            foreach (var hit in await SearchAsync(scope, new MemorySearch { Text = string.Join(' ', random.GetItems(words, 3)), Limit = 200 }))
            {
                Assert.Equal(scope, owners[hit.Id]);
                found++;
            }
        }

        Assert.True(found > 100, found.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Search_Rewritten_FindsTheNewWordsOnly()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        var id = await Rows.AddAsync(scope, "My favourite colour is green.");
        Assert.Equal([id], await IdsAsync(scope, "green"));

        await Rows.RewriteAsync(scope, id, "My favourite colour is purple.");

        Assert.Equal([id], await IdsAsync(scope, "purple"));
        Assert.Empty(await IdsAsync(scope, "green"));
    }

    [Fact]
    public async Task Search_Deleted_FindsItNoMore()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        var gone = await Rows.AddAsync(scope, "My sister lives in Oslo.");
        var kept = await Rows.AddAsync(scope, "My sister plays chess.");
        Assert.Equal(2, (await IdsAsync(scope, "sister")).Count);

        await Rows.RemoveAsync(gone);

        Assert.Equal([kept], await IdsAsync(scope, "sister Oslo"));
    }

    [Fact]
    public async Task Search_NeighbourDeleted_ForgetsItsWords()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        var conversation = await Rows.ConversationAsync(scope);
        var gone = await Rows.AddAsync(scope, "Shall we talk about astronomy?", conversation, 1, Guid.NewGuid());
        var kept = await Rows.AddAsync(scope, "Gladly, tomorrow evening.", conversation, 2, Guid.NewGuid());
        Assert.Contains(kept, await IdsAsync(scope, "astronomy"));

        await Rows.RemoveAsync(gone);

        Assert.Empty(await IdsAsync(scope, "astronomy"));
        Assert.Equal([kept], await IdsAsync(scope, "tomorrow"));
    }

    [Fact]
    public async Task Search_ConversationDeleted_FindsNothingOfIt()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        var conversation = await Rows.ConversationAsync(scope);
        await Rows.AddAsync(scope, "Our cat is named Mustard.", conversation, 1, Guid.NewGuid());
        var note = await Rows.AddAsync(scope, "Mustard likes fish.");
        Assert.Equal(2, (await IdsAsync(scope, "mustard")).Count);

        await Rows.RemoveConversationAsync(conversation);

        Assert.Equal([note], await IdsAsync(scope, "mustard cat"));
    }

    [Fact]
    public async Task Search_WipedAndBegunAgain_FindsTheNewOnly()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        for (var i = 0; i < 5; i++)
        {
            await Rows.AddAsync(scope, $"Secret number {i}.");
        }

        Assert.Equal(5, (await IdsAsync(scope, "secret")).Count);

        await Rows.WipeAsync(scope);
        Assert.Empty(await IdsAsync(scope, "secret"));

        var fresh = await Rows.AddAsync(scope, "A new secret.");
        Assert.Equal([fresh], await IdsAsync(scope, "secret"));
    }

    [Fact]
    public async Task Search_WithoutMessages_LeavesThemOut()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        var conversation = await Rows.ConversationAsync(scope);
        var shown = Guid.NewGuid();
        await Rows.AddAsync(scope, "I play the cello.", conversation, 1, shown);
        var other = await Rows.AddAsync(scope, "The cello was my grandmother's.", conversation, 2, Guid.NewGuid());
        var note = await Rows.AddAsync(scope, "Cello lessons are on Monday.");
        await FollowedAsync(scope);

        var hits = await SearchAsync(scope, new MemorySearch { Text = "cello", WithoutMessages = new HashSet<Guid> { shown, Guid.NewGuid() } });

        Assert.Equal(new[] { other, note }.Order(), hits.Select(static h => h.Id).Order());
    }

    [Fact]
    public async Task Search_Limit_GivesTheBestOfThem()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        for (var i = 0; i < 12; i++)
        {
            await Rows.AddAsync(scope, $"We talked about trains on day {i}.");
        }

        var best = await Rows.AddAsync(scope, "Night trains to Vienna.");
        await FollowedAsync(scope);

        var hits = await SearchAsync(scope, new MemorySearch { Text = "night trains Vienna", Limit = 3 });

        Assert.Equal(3, hits.Count);
        Assert.Equal(best, hits[0].Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?!…")]
    [InlineData("the of and")]
    [InlineData("\0")]
    [InlineData("🙂")]
    public async Task Search_NoWords_FindsNothing(string text)
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        await Rows.AddAsync(scope, "Something that is there.");

        Assert.Empty(await IdsAsync(scope, text));
    }

    [Fact]
    public async Task Search_NothingThereYet_FindsNothing()
    {
        await BeginAsync();

        Assert.Empty(await IdsAsync(await Rows.ScopeAsync(), "anything"));
    }

    [Theory]
    [InlineData("Meine Straße heißt Überweg.", "überweg")]
    [InlineData("Я люблю Москву весной", "Москву")]
    [InlineData("私の猫の名前は小雪です", "小雪")]
    [InlineData("Zoë's café — naïve résumé", "café")]
    [InlineData("He said: \"' OR 1=1; -- &|!:*\\ <b>x</b>", "said")]
    public async Task Search_AnyScript_FindsIt(string text, string query)
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync();
        var id = await Rows.AddAsync(scope, text);
        await Rows.AddAsync(scope, "Something else altogether.");

        Assert.Equal([id], await IdsAsync(scope, query));
    }

    [Fact]
    public async Task Search_NameOfASpeaker_PrefersWhatTheySaid()
    {
        await BeginAsync();
        var scope = await Rows.ScopeAsync("Caroline");
        var conversation = await Rows.ConversationAsync(scope);
        var character = await Rows.AddAsync(scope, "I painted a sunrise.", conversation, 1, Guid.NewGuid(), MemorySpeaker.Character);
        var user = await Rows.AddAsync(scope, "I painted a sunset.", conversation, 20, Guid.NewGuid());
        await FollowedAsync(scope);

        var hits = await SearchAsync(scope, new MemorySearch { Text = "What has Caroline painted?", UserName = "Caroline", CharacterName = "Mira" });

        Assert.Equal([user, character], hits.Select(static h => h.Id));
    }

    /// <summary>Starts a host with the index in question.</summary>
    private protected abstract Task<ApiHost> StartAsync();

    /// <summary>Waits until the index has seen what is in the database.</summary>
    private protected abstract Task FollowedAsync(MemoryScope scope);

    private protected async Task BeginAsync()
    {
        Host = await StartAsync();
        Rows = new IndexRows(Host);
    }

    private protected Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryScope scope, MemorySearch search) =>
        Host.Services.GetRequiredService<IMemoryIndex>().SearchAsync(scope, search, Cancelled);

    private protected async Task<IReadOnlyList<MemoryHit>> FindAsync(MemoryScope scope, string text)
    {
        await FollowedAsync(scope);
        return await SearchAsync(scope, new MemorySearch { Text = text });
    }

    private protected async Task<IReadOnlyList<Guid>> IdsAsync(MemoryScope scope, string text) => [.. (await FindAsync(scope, text)).Select(static h => h.Id)];
}
