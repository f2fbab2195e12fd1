using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Models;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Memory.Recall;

[Trait("Category", "Integration")]
public sealed class IndexedMemoryRecallTests(StackFixture stack) : IAsyncLifetime
{
    private static readonly RecallRequest Asked = new() { Text = "What is my dog called?", UserName = "Ada", CharacterName = "Mira" };

    private readonly FixedEmbedder _outside = new("a-model", isOutside: true);
    private MemoryWorld _world = null!;
    private MemoryScope _scope;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await MemoryWorld.StartAsync(stack);
        _scope = await _world.NewScopeAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Recall_SomethingWasSaid_ComesWithItsReasons()
    {
        var said = await _world.SayAsync(_scope, await _world.NewConversationAsync(_scope), "My dog is called Rex", "Nice!", "I like rain");

        var recalled = await _world.Recall.RecallAsync(_scope, Asked, Cancelled);

        Assert.Equal(RecallReasons.Searched, recalled.Reason);
        Assert.Equal(said[0].Id, recalled.Memories[0].Id);
        Assert.Equal(["words: dog, called"], recalled.Memories[0].Reasons);
        Assert.Equal(MemorySpeaker.User, recalled.Memories[0].Speaker);
        Assert.Empty((await _world.Recall.RecallAsync(_scope, Asked with { Text = "Which wine goes with lobster in autumn?" }, Cancelled)).Memories);
    }

    [Fact]
    public async Task Recall_Switches_AreHeeded()
    {
        Assert.Equal(RecallReasons.Empty, (await _world.Recall.RecallAsync(_scope, Asked, Cancelled)).Reason);
        await _world.NoteAsync(_scope, "My dog is called Rex", pinned: true);
        Assert.Equal(RecallReasons.SmallTalk, (await _world.Recall.RecallAsync(_scope, Asked with { Text = "Hi Mira!" }, Cancelled)).Reason);

        await _world.SqlAsync("UPDATE memory_scopes SET stays_inside = true");
        Assert.Empty((await _world.Recall.RecallAsync(_scope, Asked with { IsOutside = true }, Cancelled)).Memories);
        Assert.Equal(RecallReasons.StaysInside, (await _world.Recall.RecallAsync(_scope, Asked with { IsOutside = true }, Cancelled)).Reason);
        Assert.Single((await _world.Recall.RecallAsync(_scope, Asked, Cancelled)).Memories);

        await _world.SqlAsync("UPDATE memory_scopes SET remembers = false");
        var off = await _world.Recall.RecallAsync(_scope, Asked, Cancelled);
        Assert.Equal(RecallReasons.SwitchedOff, off.Reason);
        Assert.Empty(off.Memories);
    }

    [Fact]
    public async Task Recall_StaysInside_NoOutsideModelSeesTheQuestion()
    {
        await using var world = await MemoryWorld.StartAsync(stack, services => services.AddSingleton<ITextEmbedder>(_outside));
        var scope = await world.NewScopeAsync();
        await world.NoteAsync(scope, "My dog is called Rex");

        await world.Recall.RecallAsync(scope, Asked, Cancelled);
        Assert.Equal(1, _outside.Asked);

        await world.SqlAsync("UPDATE memory_scopes SET stays_inside = true");
        Assert.Single((await world.Recall.RecallAsync(scope, Asked, Cancelled)).Memories);
        Assert.Equal(1, _outside.Asked);
    }

    [Fact]
    public async Task Recall_IndexGivesForeignOrGoneMemories_TheyAreDropped()
    {
        var foreign = Guid.Empty;
        await using var world = await MemoryWorld.StartAsync(
            stack, services => services.AddSingleton<IMemoryIndex>(new ScriptedIndex(_ => [new(foreign, 1, [], null, 1), new(Guid.NewGuid(), 1, [], null, 1)])));
        var scope = await world.NewScopeAsync();
        await world.NoteAsync(scope, "Something of their own");
        foreign = (await world.NoteAsync(await world.NewScopeAsync(), "My dog is called Max", pinned: true)).Id;

        Assert.Empty((await world.Recall.RecallAsync(scope, Asked, Cancelled)).Memories);
    }

    [Fact]
    public async Task Recall_IndexIsAway_WhatIsPinnedIsRecalledStill()
    {
        await using var world = await MemoryWorld.StartAsync(
            stack, static services => services.AddSingleton<IMemoryIndex>(new ScriptedIndex(static _ => throw new InvalidOperationException("away"))));
        var scope = await world.NewScopeAsync();
        var pinned = await world.NoteAsync(scope, "My dog is called Rex", pinned: true);

        var recalled = await world.Recall.RecallAsync(scope, Asked, Cancelled);

        Assert.Equal(RecallReasons.Unavailable, recalled.Reason);
        Assert.Equal(pinned.Id, Assert.Single(recalled.Memories).Id);
    }

    [Fact]
    public async Task Recall_IndexDoesNotAnswer_NobodyWaitsForLong()
    {
        await using var world = await MemoryWorld.StartAsync(stack, static services => services.AddSingleton<IMemoryIndex>(new ScriptedIndex(null)));
        var scope = await world.NewScopeAsync();
        await world.NoteAsync(scope, "My dog is called Rex", pinned: true);

        var recalled = await world.Recall.RecallAsync(scope, Asked, Cancelled).WaitAsync(TimeSpan.FromSeconds(10), Cancelled);

        Assert.Equal(RecallReasons.Unavailable, recalled.Reason);
        Assert.Single(recalled.Memories);
    }

    [Fact]
    public async Task Recall_ShortFollowUp_IsUnderstoodByWhatWasSaidBefore()
    {
        var note = await _world.NoteAsync(_scope, "The sister lives in Porto");
        await _world.NoteAsync(_scope, "The boat is blue");

        var recalled = await _world.Recall.RecallAsync(_scope, Asked with { Text = "And where is she?", Before = ["What about my sister?"] }, Cancelled);

        Assert.Equal(note.Id, Assert.Single(recalled.Memories).Id);
    }

    private sealed class ScriptedIndex(Func<MemorySearch, IReadOnlyList<MemoryHit>>? search) : IMemoryIndex
    {
        public string Name => "scripted";

        public async Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryScope scope, MemorySearch wanted, CancellationToken cancellationToken)
        {
            await Task.Delay(search is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken);
            return search!(wanted);
        }
    }
}
